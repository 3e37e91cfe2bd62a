using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A replica set as a learner asks about it.</summary>
public sealed class ReplicaSetView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal ReplicaSetView(IKubernetesApi api, string ns, string name)
    {
        this.api = api;
        this.ns = ns;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it exists.</summary>
    public bool Exists => Object is not null;

    /// <summary>The object itself, or null.</summary>
    public ReplicaSet? Object => api.Find<ReplicaSet>(ns, Name);

    /// <summary>How many copies are wanted.</summary>
    public int Replicas => Object?.Spec.Replicas ?? 0;

    /// <summary>How many copies its controller has counted, those on their way out left aside.</summary>
    public int Existing => Object?.Status.Replicas ?? 0;

    /// <summary>How many copies are ready.</summary>
    public int Ready => Object?.Status.ReadyReplicas ?? 0;

    /// <summary>Whether as many copies are there as wanted, and all are ready.</summary>
    public bool IsReady => Object is { } set
        && set.Status.ObservedGeneration >= set.Metadata.Generation
        && set.Status.Replicas == (set.Spec.Replicas ?? 1)
        && set.Status.ReadyReplicas == (set.Spec.Replicas ?? 1);

    /// <summary>The pods that it owns and that are not on their way out, whatever their labels say, in order of their names.</summary>
    public IReadOnlyList<Pod> Pods => Object?.Metadata.Uid is { } uid ? [.. api.List<Pod>(ns).Where(p => IsOwnedBy(p, uid) && p.Metadata.DeletionTimestamp is null)] : [];

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"replica set {Name}: {Ready} of {Replicas} ready";

    string? IView.WhyNot() => WhyNot();

    private static bool IsOwnedBy(Pod pod, string uid) => pod.Metadata.OwnerReferences.Find(static o => o.Controller == true)?.Uid == uid;

    private string? WhyNot()
    {
        if (Object is not { } set)
        {
            return $"there is no replica set \"{Name}\" in namespace {ns}";
        }

        if (IsReady)
        {
            return null;
        }

        var failure = set.Status.Conditions.Find(c => c.Type == "ReplicaFailure" && c.Status == "True")?.Message;
        var counts = $"replica set {Name} has {set.Status.Replicas} of {set.Spec.Replicas ?? 1} copies, {set.Status.ReadyReplicas} of them ready";
        return string.Join("; ", new[] { counts, failure, PodReasons.OfAll(Pods) }.Where(t => !string.IsNullOrEmpty(t)));
    }
}
