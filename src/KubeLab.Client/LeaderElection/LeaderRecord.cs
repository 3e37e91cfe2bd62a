using KubeLab.Api.Coordination;

namespace KubeLab.Client.LeaderElection;

/// <summary>What a lease says of its leader.</summary>
/// <param name="Holder">Who leads; empty when nobody does.</param>
/// <param name="LeaseSeconds">How long the lease holds after a renewal.</param>
/// <param name="AcquiredAt">When the leader took it.</param>
/// <param name="RenewedAt">When it was last renewed, by the leader's own clock.</param>
/// <param name="Transitions">How often it passed from one to another.</param>
public sealed record LeaderRecord(string Holder, int LeaseSeconds, DateTimeOffset AcquiredAt, DateTimeOffset RenewedAt, int Transitions)
{
    /// <summary>Before anything was seen.</summary>
    public static LeaderRecord None { get; } = new("", 0, default, default, 0);

    /// <summary>What <paramref name="spec"/> says; what it leaves out is empty.</summary>
    public static LeaderRecord Of(LeaseSpec spec) => new(
        spec.HolderIdentity ?? "",
        spec.LeaseDurationSeconds ?? 0,
        spec.AcquireTime?.Instant ?? default,
        spec.RenewTime?.Instant ?? default,
        spec.LeaseTransitions ?? 0);

    /// <summary>The same as a lease says it; what <paramref name="before"/> says besides stays.</summary>
    public LeaseSpec WriteTo(LeaseSpec before) => before with
    {
        HolderIdentity = Holder,
        LeaseDurationSeconds = LeaseSeconds,
        AcquireTime = AcquiredAt,
        RenewTime = RenewedAt,
        LeaseTransitions = Transitions,
    };
}
