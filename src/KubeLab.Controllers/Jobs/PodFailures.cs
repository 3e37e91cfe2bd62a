using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>What the rules of a failure policy say of a failed pod.</summary>
/// <param name="JobMessage">Why the whole job fails; null when it does not.</param>
/// <param name="Counts">Whether the failure counts towards the limits.</param>
/// <param name="Action">The action of the rule that fits; null when none does.</param>
public readonly record struct FailureJudgement(string? JobMessage, bool Counts, string? Action);

/// <summary>Which pods have failed, and what the failure policy makes of it: the first rule that fits decides.</summary>
/// <remarks>Upstream: pkg/controller/job/pod_failure_policy.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy">Pod failure policy</seealso>
public static class PodFailures
{
    /// <summary>Whether a pod of <paramref name="job"/> counts as failed; unless the job waits for the end, one that is on its way out does.</summary>
    public static bool HasFailed(Pod pod, Job job) =>
        pod.Status.Phase == "Failed"
        || (pod.Metadata.DeletionTimestamp is not null && pod.Status.Phase != "Succeeded" && !JobTraits.ReplacesFailedOnly(job));

    /// <summary>What <paramref name="policy"/> says of <paramref name="pod"/>; without a policy every failure counts.</summary>
    public static FailureJudgement Judge(JobPodFailurePolicy? policy, Pod pod)
    {
        for (var i = 0; i < (policy?.Rules.Count ?? 0); i++)
        {
            var rule = policy!.Rules[i];
            if (Reason(rule, pod, i) is { } reason && rule.Action is "Ignore" or "Count" or "FailIndex" or "FailJob")
            {
                return new(rule.Action == "FailJob" ? reason : null, rule.Action != "Ignore", rule.Action);
            }
        }

        return new(null, true, null);
    }

    /// <summary>Why one of the failed <paramref name="pods"/> ends the whole job; null when none does.</summary>
    public static string? JobMessage(Job job, IEnumerable<Pod> pods)
    {
        if (job.Spec.PodFailurePolicy is not { } policy)
        {
            return null;
        }

        foreach (var pod in pods)
        {
            if (HasFailed(pod, job) && Judge(policy, pod).JobMessage is { } message)
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>The text of a rule that fits; null when it does not fit.</summary>
    private static string? Reason(JobPodFailureRule rule, Pod pod, int index)
    {
        var name = $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";
        if (rule.OnExitCodes is { } codes)
        {
            return (Exited(pod.Status.ContainerStatuses, codes) ?? Exited(pod.Status.InitContainerStatuses, codes)) is { } status
                ? $"Container {status.Name} for pod {name} failed with exit code {status.State!.Terminated!.ExitCode} matching {rule.Action} rule at index {index}"
                : null;
        }

        return pod.Status.Conditions.Find(c => rule.OnPodConditions.Exists(p => p.Type == c.Type && p.Status == c.Status)) is { } condition
            ? $"Pod {name} has condition {condition.Type} matching {rule.Action} rule at index {index}"
            : null;
    }

    private static ContainerStatus? Exited(ValueList<ContainerStatus> statuses, JobExitCodes codes) => statuses.Find(s =>
        s.State?.Terminated is { ExitCode: not 0 } end
        && (codes.ContainerName is null || codes.ContainerName == s.Name)
        && codes.Operator switch
        {
            "In" => codes.Values.Exists(v => v == end.ExitCode),
            "NotIn" => !codes.Values.Exists(v => v == end.ExitCode),
            _ => false,
        });
}
