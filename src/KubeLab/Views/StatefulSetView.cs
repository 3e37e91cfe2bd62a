using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A stateful set as a learner asks about it.</summary>
public sealed class StatefulSetView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal StatefulSetView(IKubernetesApi api, string ns, string name)
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
    public StatefulSet? Object => api.Find<StatefulSet>(ns, Name);

    /// <summary>How many pods are wanted.</summary>
    public int Replicas => Object?.Spec.Replicas ?? 0;

    /// <summary>How many pods are ready.</summary>
    public int Ready => Object?.Status.ReadyReplicas ?? 0;

    /// <summary>How many pods have been ready long enough.</summary>
    public int Available => Object?.Status.AvailableReplicas ?? 0;

    /// <summary>How many pods have the newest template.</summary>
    public int Updated => Object?.Status.UpdatedReplicas ?? 0;

    /// <summary>Whether all wanted pods are available, none is left over, and all above the partition have the newest template.</summary>
    public bool IsAvailable => Object is { } s
        && s.Status.ObservedGeneration >= s.Metadata.Generation
        && s.Status.AvailableReplicas == (s.Spec.Replicas ?? 1)
        && s.Status.Replicas == (s.Spec.Replicas ?? 1)
        && s.Status.UpdatedReplicas >= (s.Spec.Replicas ?? 1) - (s.Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0);

    /// <summary>Its pods.</summary>
    public IReadOnlyList<Pod> Pods => Object?.Spec.Selector is { } selector
        ? api.List<Pod>(ns, new ListOptions { LabelSelector = Selector.From(selector).ToString() })
        : [];

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"stateful set {Name}: {Available} of {Replicas} available";

    string? IView.WhyNot() => WhyNot();

    private string? WhyNot()
    {
        if (Object is not { } s)
        {
            return $"there is no stateful set \"{Name}\" in namespace {ns}";
        }

        if (IsAvailable)
        {
            return null;
        }

        var counts = $"stateful set {Name} has {s.Status.AvailableReplicas} of {s.Spec.Replicas ?? 1} pods available, {s.Status.UpdatedReplicas} of the newest template";
        return string.Join("; ", new[] { counts, PodReasons.OfAll(Pods) }.Where(t => !string.IsNullOrEmpty(t)));
    }
}
