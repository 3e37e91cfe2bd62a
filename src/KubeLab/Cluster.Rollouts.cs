using KubeLab.Views;

namespace KubeLab;

/// <content>How versions take each other's place.</content>
public abstract partial class Cluster
{
    /// <summary>What was seen of the newest rollout of a deployment, up to now.</summary>
    /// <param name="deployment">Its name.</param>
    /// <param name="ns">Its namespace; the cluster's usual one when null.</param>
    /// <exception cref="ArgumentException">There is nothing recorded of it.</exception>
    public RolloutView Rollout(string deployment, string? ns = null)
    {
        var scaling = Recorder.Scaling;
        return scaling.Find(ns ?? Namespace, deployment) is { } workload
            ? new RolloutView(workload, scaling.VersionsOf(ns ?? Namespace, deployment), Now)
            : throw new ArgumentException($"nothing is recorded of a deployment \"{deployment}\" in namespace {ns ?? Namespace}", nameof(deployment));
    }
}
