using System.Net;
using System.Net.Security;

namespace KubeLab.Client.Connecting;

/// <summary>Where a real cluster is and as whom to speak to it, as kubectl reads it from its files.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">
/// Organizing cluster access
/// </seealso>
public sealed class Kubeconfig
{
    private const string AccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private readonly KubeconfigEntry cluster;
    private readonly KubeconfigEntry user;

    private Kubeconfig(string context, string ns, KubeconfigEntry cluster, KubeconfigEntry user)
    {
        Context = context;
        Namespace = ns;
        this.cluster = cluster;
        this.user = user;
        Server = Address(cluster);
    }

    /// <summary>The context that was chosen.</summary>
    public string Context { get; }

    /// <summary>The namespace that the context prefers.</summary>
    public string Namespace { get; }

    /// <summary>Where the server is.</summary>
    public Uri Server { get; }

    /// <summary>Reads a kubeconfig.</summary>
    /// <param name="path">
    /// The file; null reads the files of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>, or the account of the pod it runs in.
    /// </param>
    /// <param name="context">The context; null is the current one.</param>
    /// <exception cref="KubeconfigException">A file or a field is missing or wrong.</exception>
    public static Kubeconfig Load(string? path = null, string? context = null)
    {
        var files = new KubeconfigFiles();
        var usual = KubeconfigFiles.UsualPaths();
        foreach (var file in path is null ? usual.Where(File.Exists) : [path])
        {
            files.Read(file);
        }

        if (files.IsEmpty)
        {
            return InCluster() ?? throw new KubeconfigException(
                string.Join(Path.PathSeparator, usual), "", "there is no such file; set KUBECONFIG, or create one with your provider's tool");
        }

        var name = context ?? files.CurrentContext
            ?? throw new KubeconfigException(files.Names, "current-context", "is not set; name a context, or run: kubectl config use-context NAME");
        var chosen = files.Find("contexts", name, context is null ? "current-context" : "contexts");
        var cluster = chosen.Text("cluster") ?? throw chosen.Wrong("cluster", "is not set");
        var user = chosen.Text("user") is { } u ? files.Find("users", u, $"{chosen.Place}.user") : new KubeconfigEntry(chosen.File, chosen.Place, []);
        return new Kubeconfig(name, chosen.Text("namespace") ?? "default", files.Find("clusters", cluster, $"{chosen.Place}.cluster"), user);
    }

    /// <summary>A transport to the server that proves who speaks and checks whom it speaks to.</summary>
    /// <exception cref="KubeconfigException">A certificate, a key or a plugin cannot be used.</exception>
    public HttpMessageHandler CreateHandler()
    {
        var sockets = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions(), PooledConnectionLifetime = TimeSpan.FromMinutes(30) };
        if (cluster.Text("proxy-url") is { } proxy)
        {
            sockets.Proxy = new WebProxy(proxy);
        }

        ServerTrust.Apply(cluster, sockets.SslOptions);
        var credentials = Credentials.Of(user, cluster);
        credentials.AddCertificate(sockets.SslOptions);
        return new CredentialsHandler(credentials) { InnerHandler = sockets };
    }

    private static Uri Address(KubeconfigEntry cluster)
    {
        var text = cluster.Text("server") ?? throw cluster.Wrong("server", "is not set");
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Uri(text)
            : throw cluster.Wrong("server", $"\"{text}\" is not an address such as https://127.0.0.1:6443");
    }

    private static Kubeconfig? InCluster()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port) || !File.Exists($"{AccountFolder}/token"))
        {
            return null;
        }

        var address = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var cluster = new KubeconfigEntry(AccountFolder, "in-cluster", new()
        {
            ["server"] = $"https://{address}:{port}",
            ["certificate-authority"] = $"{AccountFolder}/ca.crt",
        });
        var user = new KubeconfigEntry(AccountFolder, "in-cluster", new() { ["tokenFile"] = $"{AccountFolder}/token" });
        var ns = File.Exists($"{AccountFolder}/namespace") ? File.ReadAllText($"{AccountFolder}/namespace").Trim() : "default";
        return new Kubeconfig("in-cluster", ns, cluster, user);
    }
}
