using KubeLab.Api.Autoscaling;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What becomes of a proposal: held by those before it, then by how fast the number may change, then by its bounds.</summary>
/// <param name="Replicas">How many copies there shall be.</param>
/// <param name="Stabilized">The condition AbleToScale: reason and message.</param>
/// <param name="Limited">The condition ScalingLimited: whether it holds, reason and message.</param>
/// <remarks>Upstream: normalizeDesiredReplicas and normalizeDesiredReplicasWithBehaviors.</remarks>
public sealed record ScalingDecision(int Replicas, (string Reason, string Message) Stabilized, (bool Holds, string Reason, string Message) Limited)
{
    private static readonly (string, string) Ready = ("ReadyForNewScale", "recommended size matches current size");
    private static readonly (string, string) UpHeld = ("ScaleUpStabilized", "recent recommendations were lower than current one, applying the lowest recent recommendation");
    private static readonly (string, string) DownHeld = ("ScaleDownStabilized", "recent recommendations were higher than current one, applying the highest recent recommendation");
    private static readonly (string, string) TooMany = ("TooManyReplicas", "the desired replica count is more than the maximum replica count");
    private static readonly (string, string) TooFew = ("TooFewReplicas", "the desired replica count is less than the minimum replica count");
    private static readonly (string, string) TooFastUp = ("ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate");
    private static readonly (string, string) TooFastDown = ("ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate");
    private static readonly (string, string) Within = ("DesiredWithinRange", "the desired count is within the acceptable range");

    /// <summary>Decides, and notes the proposal.</summary>
    /// <param name="spec">The autoscaler.</param>
    /// <param name="current">How many copies are wished for now.</param>
    /// <param name="proposed">What the measures ask for.</param>
    /// <param name="memory">What was before.</param>
    /// <param name="options">For how long a higher proposal holds, where the autoscaler does not say.</param>
    /// <param name="now">The present.</param>
    public static ScalingDecision Of(HorizontalPodAutoscalerSpec spec, int current, int proposed, ScalingMemory memory, AutoscalingOptions options, DateTimeOffset now) =>
        spec.Behavior is { } behavior
            ? WithBehavior(spec, behavior, current, proposed, memory, options, now)
            : ByDefault(spec, current, proposed, memory, options, now);

    private static ScalingDecision ByDefault(HorizontalPodAutoscalerSpec spec, int current, int proposed, ScalingMemory memory, AutoscalingOptions options, DateTimeOffset now)
    {
        // Here, and only here, a proposal that is exactly as old as the window still counts.
        var held = memory.Highest(now - options.DownscaleStabilization - TimeSpan.FromTicks(1), proposed);
        memory.ForgetProposals(now - options.DownscaleStabilization);
        memory.Propose(now, proposed);
        var fastest = ScalingBounds.UpByDefault(current);
        var (most, why) = spec.MaxReplicas > fastest ? (fastest, TooFastUp) : (spec.MaxReplicas, TooMany);
        var least = spec.MinReplicas ?? 1;
        var (replicas, reason) = held < least ? (least, TooFew) : held > most ? (most, why) : (held, Within);
        return Of(replicas, held, proposed, DownHeld, reason);
    }

    private static ScalingDecision WithBehavior(
        HorizontalPodAutoscalerSpec spec, HorizontalPodAutoscalerBehavior behavior, int current, int proposed, ScalingMemory memory, AutoscalingOptions options, DateTimeOffset now)
    {
        var (up, down) = (behavior.ScaleUp ?? new(), behavior.ScaleDown ?? new());
        var upCutoff = now - TimeSpan.FromSeconds(up.StabilizationWindowSeconds ?? 0);
        var downCutoff = now - (down.StabilizationWindowSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.DownscaleStabilization);
        var lowest = memory.Lowest(upCutoff, proposed);
        var highest = memory.Highest(downCutoff, proposed);
        memory.ForgetProposals(upCutoff < downCutoff ? upCutoff : downCutoff);
        memory.Propose(now, proposed);

        var held = Math.Min(Math.Max(current, lowest), highest);
        var (replicas, reason) = Bound(spec, up, down, current, held, memory, now);
        return Of(replicas, held, proposed, proposed >= current ? UpHeld : DownHeld, reason);
    }

    private static (int Replicas, (string, string) Reason) Bound(
        HorizontalPodAutoscalerSpec spec, HPAScalingRules up, HPAScalingRules down, int current, int wanted, ScalingMemory memory, DateTimeOffset now)
    {
        if (wanted > current)
        {
            var fastest = Math.Max(ScalingBounds.Up(current, up, memory, now), current);
            var (most, why) = spec.MaxReplicas > fastest ? (fastest, TooFastUp) : (spec.MaxReplicas, TooMany);
            return wanted > most ? (most, why) : (wanted, Within);
        }

        if (wanted < current)
        {
            var fastest = Math.Min(ScalingBounds.Down(current, down, memory, now), current);
            var least = spec.MinReplicas ?? 1;
            var (fewest, why) = least < fastest ? (fastest, TooFastDown) : (least, TooFew);
            return wanted < fewest ? (fewest, why) : (wanted, Within);
        }

        return (wanted, Within);
    }

    private static ScalingDecision Of(int replicas, int held, int proposed, (string, string) heldBy, (string Reason, string Message) limit) =>
        new(replicas, held == proposed ? Ready : heldBy, (replicas != held, limit.Reason, limit.Message));
}
