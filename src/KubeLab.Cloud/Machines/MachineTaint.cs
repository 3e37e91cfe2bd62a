namespace KubeLab.Cloud.Machines;

/// <summary>A taint that nodes of a pool carry from the start.</summary>
/// <param name="Key">For example <c>nvidia.com/gpu</c>.</param>
/// <param name="Value">For example <c>present</c>.</param>
/// <param name="Effect"><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints and tolerations</seealso>
public sealed record MachineTaint(string Key, string Value, string Effect);
