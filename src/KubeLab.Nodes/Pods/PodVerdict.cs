namespace KubeLab.Nodes.Pods;

/// <summary>A phase that is decided without looking at containers, as when a pod is evicted or refused.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Reason">Why, in one word; null when that stands in the status already.</param>
/// <param name="Message">Why, in a sentence.</param>
internal sealed record PodVerdict(string Phase, string? Reason = null, string? Message = null);
