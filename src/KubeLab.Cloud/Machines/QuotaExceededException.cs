using System.Globalization;

namespace KubeLab.Cloud.Machines;

/// <summary>The provider refuses machines because the account may not have so many; the text is GKE's.</summary>
/// <seealso href="https://cloud.google.com/kubernetes-engine/quotas">GKE: quotas and limits</seealso>
public sealed class QuotaExceededException : Exception
{
    /// <summary>The HTTP status with which the provider's API refuses.</summary>
    public const int Code = 403;

    internal QuotaExceededException(string resource, int requested, int quota, int available)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"Insufficient regional quota to satisfy request: resource \"{resource}\": request requires '{requested:0.0}' and is short "
            + $"'{requested - available:0.0}'. project has a quota of '{quota:0.0}' with '{available:0.0}' available."))
    {
        Resource = resource;
    }

    /// <summary>What there is too little of, for example <c>CPUS</c>.</summary>
    public string Resource { get; }
}
