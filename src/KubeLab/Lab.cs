using KubeLab.Client.Connecting;
using KubeLab.Connected;
using KubeLab.Simulated;

namespace KubeLab;

/// <summary>Opens clusters: the first line of every notebook.</summary>
public static partial class Lab
{
    /// <summary>The environment variable that says what <see cref="Open"/> opens: <c>simulated</c>, or <c>kubeconfig</c> with an optional <c>:context</c>.</summary>
    public const string TargetVariable = "KUBELAB_TARGET";

    /// <summary>Opens a cluster: simulated and empty, unless <c>KUBELAB_TARGET</c> (or <paramref name="target"/>) points at a real one.</summary>
    /// <param name="seed">Names, delays and all other chance of a simulated cluster; the same seed and the same actions give the same result, byte for byte.</param>
    /// <param name="target"><c>simulated</c>, <c>kubeconfig</c> or <c>kubeconfig:CONTEXT</c>; the environment variable when null.</param>
    /// <exception cref="ArgumentException">The target is none of these; the message lists the contexts that exist.</exception>
    /// <exception cref="KubeconfigException">There is no usable kubeconfig.</exception>
    /// <exception cref="Api.Verbs.ApiException">The real cluster cannot be reached, or does not let this user in.</exception>
    public static Cluster Open(long seed = 1, string? target = null)
    {
        var wanted = (target ?? Environment.GetEnvironmentVariable(TargetVariable))?.Trim();
        return LabTarget.Parse(wanted, Kubeconfig.Contexts) switch
        {
            { IsSimulated: true } => Simulate(new SimulationOptions { Seed = seed }),
            { Context: var context } => ConnectedCluster.Open(context),
        };
    }

    /// <summary>Opens a simulated cluster with everything about it set by <paramref name="options"/>.</summary>
    public static SimulatedCluster Simulate(SimulationOptions? options = null) => new(options ?? new SimulationOptions());
}
