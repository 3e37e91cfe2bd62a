using System.Globalization;

namespace KubeLab.Client.Connecting;

/// <summary>The account that a pod speaks with: its files are mounted, the server's address is in the environment.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/">Accessing the Kubernetes API from a Pod</seealso>
internal static class InClusterAccount
{
    /// <summary>The name that stands for the context.</summary>
    public const string Name = "in-cluster";

    /// <summary>The address, or null when this is no pod with an account.</summary>
    public static Uri? Address(KubeEnvironment environment)
    {
        var (host, port) = (environment.Variable("KUBERNETES_SERVICE_HOST"), environment.Variable("KUBERNETES_SERVICE_PORT"));
        if (string.IsNullOrEmpty(host) || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return File.Exists(Path.Combine(environment.AccountFolder, "token")) ? new UriBuilder("https", host, number).Uri : null;
    }

    /// <summary>The entries that a kubeconfig for the account would have.</summary>
    public static (string Namespace, KubeconfigEntry Cluster, KubeconfigEntry User) Entries(KubeEnvironment environment, Uri server)
    {
        var folder = environment.AccountFolder;
        var authority = Path.Combine(folder, "ca.crt");
        var cluster = new KubeconfigEntry(folder, Name, new() { ["server"] = server.GetLeftPart(UriPartial.Authority) });
        if (File.Exists(authority))
        {
            cluster.Fields["certificate-authority"] = authority;
        }

        // The file is read for each request: the kubelet writes a new token into it long before the old one expires.
        var user = new KubeconfigEntry(folder, Name, new() { ["tokenFile"] = Path.Combine(folder, "token") });
        var ns = Path.Combine(folder, "namespace");
        var text = File.Exists(ns) ? File.ReadAllText(ns).Trim() : "";
        return (text.Length == 0 ? "default" : text, cluster, user);
    }
}
