using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A job as a learner asks about it.</summary>
public sealed class JobView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal JobView(IKubernetesApi api, string ns, string name)
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
    public Job? Object => api.Find<Job>(ns, Name);

    /// <summary>Whether as many pods as it asks for have succeeded.</summary>
    public bool IsComplete => Has("Complete");

    /// <summary>Whether it was given up.</summary>
    public bool IsFailed => Has("Failed");

    /// <summary>Whether it has ended, well or not.</summary>
    public bool IsFinished => IsComplete || IsFailed;

    /// <summary>How many of its pods are pending or running.</summary>
    public int Active => Object?.Status.Active ?? 0;

    /// <summary>How many of its pods have succeeded.</summary>
    public int Succeeded => Object?.Status.Succeeded ?? 0;

    /// <summary>How many of its pods have failed.</summary>
    public int Failed => Object?.Status.Failed ?? 0;

    /// <summary>How many pods must succeed; null when it is a queue of work.</summary>
    public int? Completions => Object?.Spec.Completions;

    /// <summary>Its pods, ended ones included.</summary>
    public IReadOnlyList<Pod> Pods => Object?.Spec.Selector is { } selector
        ? api.List<Pod>(ns, new ListOptions { LabelSelector = Selector.From(selector).ToString() })
        : [];

    /// <inheritdoc/>
    public override string ToString() => WhyNot() ?? $"job {Name}: complete, {Succeeded} succeeded, {Failed} failed";

    string? IView.WhyNot() => WhyNot();

    private string? WhyNot()
    {
        if (Object is not { } job)
        {
            return $"there is no job \"{Name}\" in namespace {ns}";
        }

        if (IsComplete)
        {
            return null;
        }

        var end = job.Status.Conditions.Find(c => c.Type is "Failed" or "FailureTarget" or "Suspended" && c.Status == "True");
        var counts = $"job {Name} has {job.Status.Succeeded} of {job.Spec.Completions ?? 1} pods succeeded, {job.Status.Active} active, {job.Status.Failed} failed";
        var pods = PodReasons.OfAll(Pods.Where(p => p.Status.Phase is not ("Succeeded" or "Failed")));
        return string.Join("; ", new[] { counts, end?.Message, pods }.Where(t => !string.IsNullOrEmpty(t)));
    }

    private bool Has(string condition) => Object?.Status.Conditions.Exists(c => c.Type == condition && c.Status == "True") == true;
}
