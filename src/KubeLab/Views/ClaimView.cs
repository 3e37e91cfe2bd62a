using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A persistent volume claim as a learner asks about it.</summary>
public sealed class ClaimView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal ClaimView(IKubernetesApi api, string ns, string name)
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
    public PersistentVolumeClaim? Object => api.Find<PersistentVolumeClaim>(ns, Name);

    /// <summary>The volume that it has, or null.</summary>
    public PersistentVolume? Volume => Object?.Spec.VolumeName is { Length: > 0 } name ? api.Find<PersistentVolume>("", name) : null;

    /// <summary>Whether it has a volume.</summary>
    public bool IsBound => Object?.Status.Phase == "Bound";

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"claim {Name}: bound to {Object!.Spec.VolumeName}";

    string? IView.WhyNot() => WhyNot();

    private string? WhyNot() => Object switch
    {
        null => $"there is no claim \"{Name}\" in namespace {ns}",
        _ when IsBound => null,
        { Status.Phase: var phase } => $"claim {Name} is {phase}",
    };
}
