using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A deployment as a learner asks about it.</summary>
public sealed class DeploymentView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal DeploymentView(IKubernetesApi api, string ns, string name)
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
    public Deployment? Object => api.Find<Deployment>(ns, Name);

    /// <summary>How many copies are wanted.</summary>
    public int Replicas => Object?.Spec.Replicas ?? 0;

    /// <summary>How many copies are ready.</summary>
    public int Ready => Object?.Status.ReadyReplicas ?? 0;

    /// <summary>How many copies have been ready long enough.</summary>
    public int Available => Object?.Status.AvailableReplicas ?? 0;

    /// <summary>Whether all wanted copies are of the newest template and available, and none is left over.</summary>
    public bool IsAvailable => Object is { } d
        && d.Status.ObservedGeneration >= d.Metadata.Generation
        && d.Status.UpdatedReplicas == (d.Spec.Replicas ?? 1)
        && d.Status.Replicas == d.Status.UpdatedReplicas
        && d.Status.AvailableReplicas == (d.Spec.Replicas ?? 1);

    /// <summary>Its pods.</summary>
    public IReadOnlyList<Pod> Pods => Object?.Spec.Selector is { } selector
        ? api.List<Pod>(ns, new ListOptions { LabelSelector = Selector.From(selector).ToString() })
        : [];

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"deployment {Name}: {Available} of {Replicas} available";

    string? IView.WhyNot() => WhyNot();

    private string? WhyNot()
    {
        if (Object is not { } d)
        {
            return $"there is no deployment \"{Name}\" in namespace {ns}";
        }

        if (IsAvailable)
        {
            return null;
        }

        var failure = d.Status.Conditions.Find(c => c.Type == "ReplicaFailure" && c.Status == "True")?.Message;
        var counts = $"deployment {Name} has {d.Status.AvailableReplicas} of {d.Spec.Replicas ?? 1} copies available, {d.Status.UpdatedReplicas} of the newest template";
        var pods = PodReasons.OfAll(Pods);
        return string.Join("; ", new[] { counts, failure, pods }.Where(t => !string.IsNullOrEmpty(t)));
    }
}
