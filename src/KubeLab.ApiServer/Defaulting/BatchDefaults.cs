using KubeLab.Api.Batch;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what jobs and cron jobs leave out.</summary>
/// <remarks>Upstream: pkg/apis/batch/v1/defaults.go.</remarks>
internal static class BatchDefaults
{
    public static Job Fill(Job obj)
    {
        var spec = obj.Spec;
        var policy = spec.PodFailurePolicy;
        var filled = spec with
        {
            // Nothing said means one pod, once; only one side said means a queue of work, or as many at once as the user says.
            Completions = spec.Completions is null && spec.Parallelism is null ? 1 : spec.Completions,
            Parallelism = spec.Parallelism ?? 1,
            BackoffLimit = spec.BackoffLimit ?? (spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue),
            CompletionMode = string.IsNullOrEmpty(spec.CompletionMode) ? "NonIndexed" : spec.CompletionMode,
            Suspend = spec.Suspend ?? false,
            ManualSelector = spec.ManualSelector ?? false,
            PodFailurePolicy = policy is null ? null : policy with { Rules = ContainerDefaults.Each(policy.Rules, Fill) },
            PodReplacementPolicy = spec.PodReplacementPolicy ?? (policy is null ? "TerminatingOrFailed" : "Failed"),
            Template = PodSpecDefaults.Template(spec.Template),
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    public static CronJob Fill(CronJob obj)
    {
        var job = obj.Spec.JobTemplate;
        var filled = obj.Spec with
        {
            ConcurrencyPolicy = string.IsNullOrEmpty(obj.Spec.ConcurrencyPolicy) ? "Allow" : obj.Spec.ConcurrencyPolicy,
            Suspend = obj.Spec.Suspend ?? false,
            SuccessfulJobsHistoryLimit = obj.Spec.SuccessfulJobsHistoryLimit ?? 3,
            FailedJobsHistoryLimit = obj.Spec.FailedJobsHistoryLimit ?? 1,
            JobTemplate = job with { Spec = job.Spec with { Template = PodSpecDefaults.Template(job.Spec.Template) } },
        };
        return filled == obj.Spec ? obj : obj with { Spec = filled };
    }

    private static JobPodFailureRule Fill(JobPodFailureRule rule) =>
        rule.OnPodConditions.Exists(c => c.Status.Length == 0)
            ? rule with { OnPodConditions = ContainerDefaults.Each(rule.OnPodConditions, c => c.Status.Length == 0 ? c with { Status = "True" } : c) }
            : rule;
}
