using System.Net.Security;
using KubeLab.Client.Http;

namespace KubeLab.Client.Connecting;

/// <summary>Where a real cluster is and as whom to speak to it, as kubectl reads it from its files.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">
/// Organizing cluster access
/// </seealso>
public sealed class Kubeconfig
{
    private readonly KubeconfigEntry cluster;
    private readonly KubeconfigEntry user;
    private readonly KubeEnvironment environment;

    private Kubeconfig(string context, string ns, KubeconfigEntry cluster, KubeconfigEntry user, KubeEnvironment environment)
    {
        Context = context;
        Namespace = ns;
        this.cluster = cluster;
        this.user = user;
        this.environment = environment;
        Server = Address(cluster);
    }

    /// <summary>The context that was chosen; <c>in-cluster</c> for the account of a pod.</summary>
    public string Context { get; }

    /// <summary>The namespace that the context prefers.</summary>
    public string Namespace { get; }

    /// <summary>Where the server is, with a path when it shares its address with others.</summary>
    public Uri Server { get; }

    /// <summary>Reads a kubeconfig.</summary>
    /// <param name="path">
    /// The file; null reads the files of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>, or the account of the pod it runs in.
    /// </param>
    /// <param name="context">The context; null is the current one.</param>
    /// <exception cref="KubeconfigException">A file or a field is missing or wrong.</exception>
    public static Kubeconfig Load(string? path = null, string? context = null) => Load(path, context, KubeEnvironment.Process);

    /// <summary>The contexts of the files that <see cref="Load(string?, string?)"/> would read, in ordinal order; none when there is no such file.</summary>
    /// <exception cref="KubeconfigException">A file cannot be read.</exception>
    public static IReadOnlyList<string> Contexts() => Contexts(KubeEnvironment.Process);

    /// <summary>Makes a transport to the server that proves who speaks, checks whom it speaks to, and tries again where that helps.</summary>
    /// <exception cref="KubeconfigException">A certificate, a key or a proxy cannot be used.</exception>
    public HttpMessageHandler CreateHandler()
    {
        var time = TimeProvider.System;
        var name = cluster.Text("tls-server-name");
        var trust = new ServerTrust(cluster, name ?? Server.IdnHost, time);
        var proxy = ProxyRules.Of(cluster, environment);
        var credentials = new CredentialsHandler(
            new Credentials(user, cluster, time), new Impersonation(user), name, certificate => Connections(trust, proxy, certificate));
        return new RetryHandler(RetryHandler.WallWait) { InnerHandler = new DeadlineHandler { InnerHandler = credentials } };
    }

    internal static IReadOnlyList<string> Contexts(KubeEnvironment environment) => Read(null, environment).Known("contexts");

    internal static Kubeconfig Load(string? path, string? context, KubeEnvironment environment)
    {
        var files = Read(path, environment);
        if (files.IsEmpty)
        {
            if (path is null && context is null or InClusterAccount.Name && InClusterAccount.Address(environment) is { } server)
            {
                var account = InClusterAccount.Entries(environment, server);
                return new Kubeconfig(InClusterAccount.Name, account.Namespace, account.Cluster, account.User, environment);
            }

            throw new KubeconfigException(
                path ?? string.Join(Path.PathSeparator, environment.UsualPaths()),
                "",
                "invalid configuration: no configuration has been provided; set KUBECONFIG, or create a cluster with your provider's tool (kind, minikube, gcloud, …), which writes it");
        }

        var name = context ?? files.CurrentContext
            ?? throw new KubeconfigException(
                files.Names,
                "current-context",
                "no context chosen; name one, or run: kubectl config use-context NAME. There is: "
                    + string.Join(", ", files.Known("contexts").DefaultIfEmpty("none")));
        var (chosen, cluster, user) = KubeconfigCheck.Chosen(files, name, isCurrent: context is null);
        return new Kubeconfig(name, chosen.Text("namespace") ?? "default", cluster, user, environment);
    }

    private static KubeconfigFiles Read(string? path, KubeEnvironment environment)
    {
        var files = new KubeconfigFiles();

        // As with kubectl, files of the list that do not exist are passed over; a file that was named must be there.
        foreach (var file in path is null ? environment.UsualPaths().Where(File.Exists) : [path])
        {
            files.Read(file);
        }

        return files;
    }

    private static SocketsHttpHandler Connections(ServerTrust trust, ProxyRules proxy, SslStreamCertificateContext? certificate)
    {
        var sockets = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { ClientCertificateContext = certificate },
            PooledConnectionLifetime = TimeSpan.FromMinutes(30),
            ConnectTimeout = TimeSpan.FromSeconds(30),
            AutomaticDecompression = System.Net.DecompressionMethods.GZip,
            ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            ConnectCallback = LiveConnection.OpenAsync,
            Proxy = proxy,
            DefaultProxyCredentials = proxy.Credentials,

            // A secret never follows a server's wish to go elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        trust.Apply(sockets.SslOptions);
        return sockets;
    }

    private static Uri Address(KubeconfigEntry cluster)
    {
        var text = cluster.Text("server")!;

        // kubectl takes a bare host, too, and speaks TLS to it when there is something to check it by.
        var isSecure = cluster.Has("certificate-authority") || cluster.Has("certificate-authority-data") || cluster.Is("insecure-skip-tls-verify");
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"{(isSecure ? "https" : "http")}://{text}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            ? uri
            : throw cluster.Wrong("server", "is not an address such as https://127.0.0.1:6443");
    }
}
