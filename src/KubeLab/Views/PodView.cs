using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Observing;

namespace KubeLab.Views;

/// <summary>A pod as a learner asks about it.</summary>
public sealed class PodView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal PodView(IKubernetesApi api, string ns, string name)
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
    public Pod? Object => api.Find<Pod>(ns, Name);

    /// <summary>Its phase: Pending, Running, Succeeded, Failed or Unknown; empty when there is no such pod.</summary>
    public string Phase => Object?.Status.Phase ?? "";

    /// <summary>The one word that kubectl shows as its status; empty when there is no such pod.</summary>
    public string Status => Object is { } pod ? PodPhases.Of(pod) : "";

    /// <summary>Whether it is ready for traffic.</summary>
    public bool IsReady => Object is { } pod && PodPhases.IsReady(pod);

    /// <summary>How often its containers were restarted.</summary>
    public int Restarts => Object?.Status.ContainerStatuses.Sum(c => c.RestartCount) ?? 0;

    /// <summary>The node it runs on; empty when it has none.</summary>
    public string Node => Object?.Spec.NodeName ?? "";

    /// <inheritdoc/>
    public override string ToString() => Object is { } pod ? PodReasons.Of(pod) : $"there is no pod \"{Name}\" in namespace {ns}";

    string? IView.WhyNot() => ToString();
}
