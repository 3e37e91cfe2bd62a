using KubeLab.Api.Batch;

namespace KubeLab.ApiServer.Kinds;

/// <summary>The selector that the server gives a job whose user chose none: the job's own uid.</summary>
/// <remarks>Upstream: generateSelector in pkg/registry/batch/job/strategy.go.</remarks>
internal static class JobSelector
{
    /// <summary>The label that carries the job's uid.</summary>
    public const string UidLabel = "batch.kubernetes.io/controller-uid";

    private const string NameLabel = "batch.kubernetes.io/job-name";

    public static Job Generate(Job job)
    {
        if (job.Spec.ManualSelector == true)
        {
            return job;
        }

        var uid = job.Metadata.Uid ?? "";
        var template = job.Spec.Template;
        var labels = template.Metadata.Labels;

        // The two names without a prefix are those of former versions, which tools still look for.
        foreach (var (key, value) in new[] { (UidLabel, uid), ("controller-uid", uid), (NameLabel, job.Metadata.Name ?? ""), ("job-name", job.Metadata.Name ?? "") })
        {
            labels = labels.ContainsKey(key) ? labels : labels.With(key, value);
        }

        var selector = job.Spec.Selector ?? new();
        return job with
        {
            Metadata = job.Metadata.Labels.IsEmpty ? job.Metadata with { Labels = labels } : job.Metadata,
            Spec = job.Spec with
            {
                Selector = selector.MatchLabels.ContainsKey(UidLabel) ? selector : selector with { MatchLabels = selector.MatchLabels.With(UidLabel, uid) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
    }
}
