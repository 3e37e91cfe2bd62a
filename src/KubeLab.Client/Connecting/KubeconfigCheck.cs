using System.Text.RegularExpressions;

namespace KubeLab.Client.Connecting;

/// <summary>Whether a context, its cluster and its user can be used, in upstream's words.</summary>
/// <remarks>Upstream: client-go/tools/clientcmd, ConfirmUsable. Only what the context leads to is looked at.</remarks>
internal static partial class KubeconfigCheck
{
    /// <summary>The context called <paramref name="name"/>, checked.</summary>
    /// <exception cref="KubeconfigException">There is none, or it leads nowhere; the message lists what there is.</exception>
    public static (KubeconfigEntry Context, KubeconfigEntry Cluster, KubeconfigEntry User) Chosen(KubeconfigFiles files, string name, bool isCurrent)
    {
        var context = files.Find("contexts", name) ?? throw new KubeconfigException(
            files.Names, isCurrent ? "current-context" : "contexts", $"context was not found for specified context: {name}; {Known(files, "contexts")}");
        var user = context.Text("user") ?? throw context.Wrong("user", $"user was not specified for context \"{name}\"");
        var cluster = context.Text("cluster") ?? throw context.Wrong("cluster", $"cluster was not specified for context \"{name}\"");
        var userEntry = files.Find("users", user)
            ?? throw context.Wrong("user", $"user \"{user}\" was not found for context \"{name}\"; {Known(files, "users")}");
        var clusterEntry = files.Find("clusters", cluster)
            ?? throw context.Wrong("cluster", $"cluster \"{cluster}\" was not found for context \"{name}\"; {Known(files, "clusters")}");
        if (context.Text("namespace") is { } ns && !Label().IsMatch(ns))
        {
            throw context.Wrong("namespace", $"namespace \"{ns}\" for context \"{name}\" does not conform to the kubernetes DNS_LABEL rules");
        }

        CheckCluster(cluster, clusterEntry);
        CheckUser(user, userEntry);
        return (context, clusterEntry, userEntry);
    }

    private static string Known(KubeconfigFiles files, string list) => $"there is: {string.Join(", ", files.Known(list).DefaultIfEmpty("none"))}";

    private static void CheckCluster(string name, KubeconfigEntry cluster)
    {
        if (cluster.Text("server") is null)
        {
            throw cluster.Wrong("server", cluster.Fields.Count == 0 ? "cluster has no server defined" : $"no server found for cluster \"{name}\"");
        }

        if (cluster.Text("certificate-authority") is not null && cluster.Text("certificate-authority-data") is not null)
        {
            throw cluster.Wrong(
                "certificate-authority",
                $"certificate-authority-data and certificate-authority are both specified for {name}. certificate-authority-data will override.");
        }
    }

    private static void CheckUser(string name, KubeconfigEntry user)
    {
        List<string> methods = [];
        if (user.Text("token") is not null)
        {
            methods.Add("token");
        }

        if (user.Text("username") is not null || user.Text("password") is not null)
        {
            methods.Add("basicAuth");
        }

        CheckCertificate(name, user);
        if (user.Object("exec") is { } exec)
        {
            if (user.Has("auth-provider"))
            {
                throw user.Wrong("auth-provider", $"authProvider cannot be provided in combination with an exec plugin for {name}");
            }

            ExecSettings.Check(name, exec);
        }

        if (user.Has("auth-provider"))
        {
            throw user.Wrong("auth-provider", "was removed in Kubernetes 1.26; use an exec plugin, such as gke-gcloud-auth-plugin");
        }

        if (methods.Count > 1)
        {
            throw user.Wrong("", $"more than one authentication method found for {name}; found [{string.Join(' ', methods)}], only one is allowed");
        }

        if ((user.Has("as-uid") || user.Has("as-groups") || user.Has("as-user-extra")) && user.Text("as") is null)
        {
            throw user.Wrong("as", $"requesting uid, groups or user-extra for {name} without impersonating a user");
        }
    }

    private static void CheckCertificate(string name, KubeconfigEntry user)
    {
        var (file, data) = (user.Text("client-certificate"), user.Text("client-certificate-data"));
        var (keyFile, keyData) = (user.Text("client-key"), user.Text("client-key-data"));
        if (file is null && data is null)
        {
            return;
        }

        if (file is not null && data is not null)
        {
            throw user.Wrong("client-certificate", $"client-cert-data and client-cert are both specified for {name}. client-cert-data will override.");
        }

        if (keyFile is not null && keyData is not null)
        {
            throw user.Wrong("client-key", $"client-key-data and client-key are both specified for {name}; client-key-data will override");
        }

        if (keyFile is null && keyData is null)
        {
            throw user.Wrong("client-key", $"client-key-data or client-key must be specified for {name} to use the clientCert authentication method.");
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex Label();
}
