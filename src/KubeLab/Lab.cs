using KubeLab.Connected;
using KubeLab.Simulated;

namespace KubeLab;

/// <summary>Opens clusters: the first line of every notebook.</summary>
public static class Lab
{
    /// <summary>The environment variable that says what <see cref="Open"/> opens: <c>simulated</c>, or <c>kubeconfig</c> with an optional <c>:context</c>.</summary>
    public const string TargetVariable = "KUBELAB_TARGET";

    /// <summary>Opens a cluster: simulated and empty, unless <c>KUBELAB_TARGET</c> (or <paramref name="target"/>) points at a real one.</summary>
    /// <param name="seed">Names, delays and all other chance of a simulated cluster; the same seed and the same actions give the same result, byte for byte.</param>
    /// <param name="target"><c>simulated</c>, <c>kubeconfig</c> or <c>kubeconfig:CONTEXT</c>; the environment variable when null.</param>
    /// <exception cref="ArgumentException">The target is none of these.</exception>
    public static Cluster Open(long seed = 1, string? target = null)
    {
        var wanted = target ?? Environment.GetEnvironmentVariable(TargetVariable);
        if (string.IsNullOrWhiteSpace(wanted) || wanted == "simulated")
        {
            return Simulate(new SimulationOptions { Seed = seed });
        }

        var parts = wanted.Split(':', 2);
        return parts[0] == "kubeconfig"
            ? ConnectedCluster.Open(parts.Length == 2 ? parts[1] : null)
            : throw new ArgumentException(
                $"{TargetVariable} is \"{wanted}\": use \"simulated\", \"kubeconfig\" for the current context, or \"kubeconfig:CONTEXT\" for another", nameof(target));
    }

    /// <summary>Opens a simulated cluster with everything about it set by <paramref name="options"/>.</summary>
    public static SimulatedCluster Simulate(SimulationOptions? options = null) => new(options ?? new SimulationOptions());
}
