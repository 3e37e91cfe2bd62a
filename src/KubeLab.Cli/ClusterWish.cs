namespace KubeLab.Cli;

/// <summary>The cluster that <c>lab cluster</c> is asked for.</summary>
/// <param name="Masters">How many masters.</param>
/// <param name="Workers">How many workers; none leaves the masters alone.</param>
/// <param name="Machine">The workers' machine type.</param>
/// <param name="Seed">Decides names, delays and all other chance.</param>
/// <param name="Speed">Simulated seconds per real second; 0 is paused, infinite is as fast as possible.</param>
/// <param name="Kubeconfig">The full path of the kubeconfig that the cluster is added to.</param>
/// <param name="Name">The name of cluster, user and context there.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="Users">Further users, each as <c>NAME</c> or <c>NAME:GROUP,GROUP</c>.</param>
internal sealed record ClusterWish(
    int Masters, int Workers, string Machine, long Seed, double Speed, string Kubeconfig, string Name, int Port, IReadOnlyList<string> Users);
