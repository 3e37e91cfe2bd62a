namespace KubeLab.Client.Connecting;

/// <summary>The surroundings in which a kubeconfig is looked for: variables, the home folder, and the folder of a pod's account.</summary>
/// <param name="Variable">The value of an environment variable, or null.</param>
/// <param name="Home">The folder with <c>.kube/config</c>.</param>
/// <param name="AccountFolder">Where a pod finds <c>token</c>, <c>ca.crt</c> and <c>namespace</c> of its account.</param>
internal sealed record KubeEnvironment(Func<string, string?> Variable, string Home, string AccountFolder)
{
    /// <summary>The surroundings of this process.</summary>
    public static KubeEnvironment Process => new(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        "/var/run/secrets/kubernetes.io/serviceaccount");

    /// <summary>The files that kubectl would read: those of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>; they need not exist.</summary>
    public IReadOnlyList<string> UsualPaths()
    {
        var list = Variable("KUBECONFIG");
        return string.IsNullOrEmpty(list)
            ? [Path.Combine(Home, ".kube", "config")]
            : [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
    }
}
