using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary>The lab's page, whose files the build put into this assembly as <c>page/…</c>. They hold no secrets, so anybody may have them.</summary>
internal static class PageFiles
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("page/", StringComparison.Ordinal)).ToDictionary(name => name["page/".Length..].Replace('\\', '/'), StringComparer.Ordinal);

    /// <summary>Whether the address is one of the page's.</summary>
    public static bool Serves(string[] path) => path is [] or ["lesson", ..] or ["login"] or ["favicon.ico"] || Files.ContainsKey(string.Join('/', path));

    public static async Task ServeAsync(HttpContext context, string[] path, bool isKnown)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        var name = string.Join('/', path);
        var isFile = Files.TryGetValue(name, out var resource) || Files.TryGetValue("index.html", out resource);
        if (name == "favicon.ico" && !Files.ContainsKey(name))
        {
            await Answer.BytesAsync(context, KernelLogo.Svg, "image/svg+xml");
        }
        else if (!isKnown && !(isFile && Files.ContainsKey(name)))
        {
            await Answer.BytesAsync(context, Asking(), "text/html; charset=utf-8");
        }
        else if (isFile)
        {
            var isPage = !Files.ContainsKey(name) || name == "index.html";
            if (!isPage && name.StartsWith("assets/", StringComparison.Ordinal))
            {
                // The names of these change with what is in them.
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            }

            await Answer.BytesAsync(context, Read(resource!), isPage ? "text/html; charset=utf-8" : MediaTypes.Of(name));
        }
        else
        {
            await Answer.BytesAsync(context, Missing(context.Request.Host.Value ?? ""), "text/html; charset=utf-8");
        }
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Asking() => Html("The lab wants to know you", """
        <p>Open the address that <code>lab up</code> printed, the one with <code>?token=</code>, or give the token here.</p>
        <form action="/" method="get"><label>Token <input name="token" type="password" autocomplete="off" required></label> <button>Enter</button></form>
        """);

    private static byte[] Missing(string host) => Html("The lab runs", $"""
        <p>Its own page is not part of this build: install Node 20 with npm, build again, and start <code>lab up</code> anew.</p>
        <p>Meanwhile notebooks run in VS Code (Jupyter extension, <em>Existing Jupyter Server</em>, the address with the token that <code>lab up</code>
        printed), and in Jupyter with <code>--gateway-url http://{WebUtility.HtmlEncode(host)}</code>.</p>
        """);

    private static byte[] Html(string title, string body) => Encoding.UTF8.GetBytes($$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>KubeLab: {{title}}</title>
        <style>:root { color-scheme: light dark } body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
        input, button { font: inherit; padding: .3rem .6rem }</style></head>
        <body><main><h1>{{title}}</h1>
        {{body}}
        </main></body>
        </html>
        """);
}
