using KubeLab.Api.Batch;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A cron job as a learner asks about it.</summary>
public sealed class CronJobView : IView
{
    private readonly IKubernetesApi api;
    private readonly string ns;

    internal CronJobView(IKubernetesApi api, string ns, string name)
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
    public CronJob? Object => api.Find<CronJob>(ns, Name);

    /// <summary>How many of its jobs run.</summary>
    public int Active => Object?.Status.Active.Count ?? 0;

    /// <summary>For which time it last began a job; null when it has begun none.</summary>
    public DateTimeOffset? LastScheduled => Object?.Status.LastScheduleTime?.Instant;

    /// <summary>When one of its jobs last succeeded; null when none has.</summary>
    public DateTimeOffset? LastSucceeded => Object?.Status.LastSuccessfulTime?.Instant;

    /// <summary>The jobs it began that are still kept, in order of their names.</summary>
    public IReadOnlyList<Job> Jobs => Object is { } owner
        ? [.. api.List<Job>(ns).Where(j => j.Metadata.OwnerReferences.Exists(o => o.Uid == owner.Metadata.Uid))]
        : [];

    /// <inheritdoc/>
    public override string ToString() => Object is { } job
        ? $"cron job {Name}: {job.Spec.Schedule}, {Active} active, last begun {job.Status.LastScheduleTime?.ToString() ?? "never"}"
        : $"there is no cron job \"{Name}\" in namespace {ns}";

    string? IView.WhyNot() => ToString();
}
