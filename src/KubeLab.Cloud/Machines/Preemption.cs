namespace KubeLab.Cloud.Machines;

/// <summary>A Spot machine that the provider took back.</summary>
/// <param name="Machine">Its name.</param>
/// <param name="Pool">Its pool's name, or its own when it was rented alone.</param>
/// <param name="At">When it was told; it is gone <see cref="CloudProvider.PreemptionNotice"/> later.</param>
/// <param name="Ran">How long it had run until then.</param>
public sealed record Preemption(string Machine, string Pool, DateTimeOffset At, TimeSpan Ran);
