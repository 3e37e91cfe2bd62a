using System.Net;
using System.Security.Cryptography;
using System.Text;
using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary>
/// Decides who comes in: by token (a program), or by the cookie that a browser got for the token, which must then show that the request
/// comes from the lab's own page.
/// </summary>
/// <remarks>
/// A token that was typed or configured proves intent, so it needs no more. A browser sends a cookie whoever makes it ask: therefore
/// Origin, Sec-Fetch-Site and, for writes, the XSRF header are looked at. The Host header is always looked at: a foreign name that points
/// to this machine (DNS rebinding) is refused.
/// </remarks>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/operators/security.html">Security in Jupyter Server</seealso>
internal sealed class Gatekeeper(NotebookServerOptions options, string token)
{
    public const string XsrfCookie = "_xsrf";
    private const string XsrfHeader = "X-XSRFToken";
    private readonly string secret = MessageMaker.NewId();
    private readonly string xsrf = MessageMaker.NewId();

    /// <summary>Why the request must not be answered at all, or null.</summary>
    public string? RefusesHost(HttpRequest request)
    {
        var host = request.Host.Host.Trim('[', ']');
        return IsOwnName(host) ? null : $"the lab does not answer to the name '{host}'";
    }

    /// <summary>Who asks.</summary>
    public Access Judge(HttpRequest request)
    {
        if (Shown(request) is { } shown)
        {
            return Same(shown, token) ? Access.Granted(isByToken: true) : Access.Refused("the token is wrong");
        }

        if (request.Cookies[CookieName(request)] is not { } cookie || !Same(cookie, secret))
        {
            return Access.Refused("a token is required: open the address that `lab up` printed, the one with ?token=");
        }

        if (!ComesFromOwnPage(request))
        {
            return Access.Refused("the request comes from another page");
        }

        var changes = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        return changes && !Same(request.Headers[XsrfHeader].FirstOrDefault() ?? "", xsrf)
            ? Access.Refused("'_xsrf' argument missing or wrong")
            : Access.Granted(isByToken: false);
    }

    /// <summary>Lets the browser that showed the token come again without it.</summary>
    public void GiveCookies(HttpContext context)
    {
        context.Response.Cookies.Append(
            CookieName(context.Request), secret, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        context.Response.Cookies.Append(
            XsrfCookie, xsrf, new CookieOptions { HttpOnly = false, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
    }

    /// <summary>Whether the request names the right token in its address.</summary>
    public bool HasTokenInAddress(HttpRequest request) => request.Query["token"].FirstOrDefault() is { } shown && Same(shown, token);

    /// <summary>The header of a token, or the one in the address.</summary>
    private static string? Shown(HttpRequest request)
    {
        var header = request.Headers.Authorization.FirstOrDefault() ?? "";
        foreach (var scheme in (ReadOnlySpan<string>)["token ", "Bearer "])
        {
            if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return header[scheme.Length..].Trim();
            }
        }

        return request.Query["token"].FirstOrDefault();
    }

    private static bool ComesFromOwnPage(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].FirstOrDefault() is { } site && site is not ("same-origin" or "none"))
        {
            return false;
        }

        var origin = request.Headers.Origin.FirstOrDefault();
        var isSocket = request.HttpContext.WebSockets.IsWebSocketRequest;
        return origin is null ? !isSocket : string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private bool IsOwnName(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            // An address cannot be rebound; but a server for this machine only is asked for by this machine's.
            return IPAddress.IsLoopback(address) || !IPAddress.IsLoopback(options.Address);
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase)
            || (!IPAddress.IsLoopback(options.Address) && host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Cookies do not know ports: two labs on one machine must not take each other's.</summary>
    private static string CookieName(HttpRequest request) => $"kubelab-{request.Host.Port ?? 80}";

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}

/// <summary>What the gatekeeper decided.</summary>
/// <param name="IsGranted">Whether the request may be answered.</param>
/// <param name="IsByToken">Whether a token proved it.</param>
/// <param name="Why">Why not, else an empty text.</param>
internal readonly record struct Access(bool IsGranted, bool IsByToken, string Why)
{
    public static Access Granted(bool isByToken) => new(true, isByToken, "");

    public static Access Refused(string why) => new(false, false, why);
}
