using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A daemon set as a learner asks about it.</summary>
public sealed class DaemonSetView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal DaemonSetView(IKubernetesApi api, string ns, string name)
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
    public DaemonSet? Object => api.Find<DaemonSet>(ns, Name);

    /// <summary>How many nodes should have a pod.</summary>
    public int Desired => Object?.Status.DesiredNumberScheduled ?? 0;

    /// <summary>On how many nodes the pod is ready.</summary>
    public int Ready => Object?.Status.NumberReady ?? 0;

    /// <summary>On how many nodes the pod has been ready long enough.</summary>
    public int Available => Object?.Status.NumberAvailable ?? 0;

    /// <summary>Whether each node that should have a pod has an available one of the newest template, and no other node has one.</summary>
    public bool IsAvailable => Object is { } d
        && d.Status.ObservedGeneration >= d.Metadata.Generation
        && d.Status.NumberAvailable == d.Status.DesiredNumberScheduled
        && d.Status.UpdatedNumberScheduled == d.Status.DesiredNumberScheduled
        && d.Status.NumberMisscheduled == 0;

    /// <summary>Its pods.</summary>
    public IReadOnlyList<Pod> Pods => Object?.Spec.Selector is { } selector
        ? api.List<Pod>(ns, new ListOptions { LabelSelector = Selector.From(selector).ToString() })
        : [];

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"daemon set {Name}: available on {Available} of {Desired} nodes";

    string? IView.WhyNot() => WhyNot();

    private string? WhyNot()
    {
        if (Object is not { } d)
        {
            return $"there is no daemon set \"{Name}\" in namespace {ns}";
        }

        if (IsAvailable)
        {
            return null;
        }

        var counts = $"daemon set {Name} is available on {d.Status.NumberAvailable} of {d.Status.DesiredNumberScheduled} nodes, "
            + $"{d.Status.UpdatedNumberScheduled} with the newest template, on {d.Status.NumberMisscheduled} where it should not be";
        return string.Join("; ", new[] { counts, PodReasons.OfAll(Pods) }.Where(t => !string.IsNullOrEmpty(t)));
    }
}
