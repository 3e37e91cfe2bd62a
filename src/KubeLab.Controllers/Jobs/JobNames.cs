namespace KubeLab.Controllers.Jobs;

/// <summary>The names by which a job's pods are marked.</summary>
/// <remarks>Upstream: staging/src/k8s.io/api/batch/v1/types.go.</remarks>
public static class JobNames
{
    /// <summary>Keeps a pod until it has been counted.</summary>
    public const string Finalizer = "batch.kubernetes.io/job-tracking";

    /// <summary>The annotation and the label with a pod's completion index.</summary>
    public const string CompletionIndex = "batch.kubernetes.io/job-completion-index";

    /// <summary>The annotation with how often the pod's index has failed before it.</summary>
    public const string IndexFailureCount = "batch.kubernetes.io/job-index-failure-count";

    /// <summary>The annotation with how many failures of the pod's index were ignored before it.</summary>
    public const string IndexIgnoredFailureCount = "batch.kubernetes.io/job-index-ignored-failure-count";

    /// <summary>The variable in which a container finds its completion index.</summary>
    public const string IndexVariable = "JOB_COMPLETION_INDEX";

    /// <summary>The value of <c>spec.managedBy</c> that means this controller.</summary>
    public const string Controller = "kubernetes.io/job-controller";
}
