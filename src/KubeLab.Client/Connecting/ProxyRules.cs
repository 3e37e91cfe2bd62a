using System.Globalization;
using System.Net;

namespace KubeLab.Client.Connecting;

/// <summary>Through which proxy a server is reached: the kubeconfig's <c>proxy-url</c>, or what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say, by the rules of Go's tools.</summary>
/// <seealso href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">golang.org/x/net/http/httpproxy</seealso>
internal sealed class ProxyRules : IWebProxy
{
    private readonly Uri? forHttps;
    private readonly Uri? forHttp;
    private readonly IReadOnlyList<string> around;
    private readonly bool isOwn;

    private ProxyRules(Uri? forHttps, Uri? forHttp, IReadOnlyList<string> around, bool isOwn)
    {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.around = around;
        this.isOwn = isOwn;
        Credentials = (forHttps ?? forHttp)?.UserInfo is { Length: > 0 } ? new UserInfo(forHttps, forHttp) : null;
    }

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <summary>The rules for a cluster.</summary>
    /// <exception cref="KubeconfigException"><c>proxy-url</c> cannot be used.</exception>
    public static ProxyRules Of(KubeconfigEntry cluster, KubeEnvironment environment)
    {
        if (cluster.Text("proxy-url") is { } text)
        {
            // Neither the address nor what is wrong with it is repeated: it may hold a password.
            return Uri.TryCreate(text, UriKind.Absolute, out var own) && own.Scheme is "http" or "https" or "socks5" && own.Host.Length > 0
                ? new ProxyRules(own, own, [], isOwn: true)
                : throw cluster.Wrong("proxy-url", "unsupported scheme, must be http, https, or socks5, as in http://proxy.example:3128");
        }

        string? Any(string name) => environment.Variable(name) is { Length: > 0 } upper ? upper : environment.Variable(name.ToLowerInvariant());
        var words = (Any("NO_PROXY") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new ProxyRules(Parse(Any("HTTPS_PROXY")), Parse(Any("HTTP_PROXY")), [.. words.Select(word => word.ToLowerInvariant())], isOwn: false);
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : For(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host)
    {
        // A proxy-url is meant for its cluster wherever that is; the variables never apply to this machine itself.
        var proxy = For(host);
        return proxy is null || (!isOwn && (host.IsLoopback || around.Any(word => Fits(word, host))));
    }

    private Uri? For(Uri destination) => destination.Scheme == "https" ? forHttps : forHttp;

    private static Uri? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy) ? proxy : null;
    }

    private static bool Fits(string word, Uri host)
    {
        if (word == "*")
        {
            return true;
        }

        var name = host.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (IPNetwork.TryParse(word, out var network))
        {
            return IPAddress.TryParse(name, out var address) && network.Contains(address);
        }

        var colon = word.LastIndexOf(':');
        if (colon > 0 && !IPAddress.TryParse(word, out _) && int.TryParse(word[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            if (port != host.Port)
            {
                return false;
            }

            word = word[..colon].Trim('[', ']');
        }

        if (IPAddress.TryParse(word, out var one))
        {
            return IPAddress.TryParse(name, out var address) && one.Equals(address);
        }

        // "example.com" means the domain and what is below it, ".example.com" and "*.example.com" only what is below it.
        word = word.StartsWith("*.", StringComparison.Ordinal) ? word[1..] : word;
        return word[0] == '.' ? name.EndsWith(word, StringComparison.Ordinal) : name == word || name.EndsWith($".{word}", StringComparison.Ordinal);
    }

    /// <summary>Name and password that stand in a proxy's address.</summary>
    private sealed class UserInfo(Uri? forHttps, Uri? forHttp) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            var proxy = new[] { forHttps, forHttp }.FirstOrDefault(p => p?.Authority == uri.Authority);
            if (proxy is null || proxy.UserInfo.Length == 0)
            {
                return null;
            }

            var parts = proxy.UserInfo.Split(':', 2);
            return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }
}
