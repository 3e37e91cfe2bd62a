namespace KubeLab.Client.LeaderElection;

/// <summary>What one candidate has seen of a lease, and what it may therefore do.</summary>
/// <remarks>
/// A lease runs out by the candidate's own clock, counted from when it first saw the present record: the times in the record are the leader's, whose clock may go
/// wrong. Upstream: client-go/tools/leaderelection.
/// </remarks>
/// <param name="Identity">The candidate's own name.</param>
/// <param name="Observed">The record that it saw or wrote last.</param>
/// <param name="ObservedAt">When.</param>
/// <param name="Read">The record as it was last read from the server, by which a new one is recognised.</param>
public sealed record Candidacy(string Identity, LeaderRecord Observed, DateTimeOffset ObservedAt, LeaderRecord? Read)
{
    /// <summary>A candidate that has seen nothing yet.</summary>
    public static Candidacy Of(string identity) => new(identity, LeaderRecord.None, default, null);

    /// <summary>Whether it is the leader as far as it knows.</summary>
    public bool IsLeader => Observed.Holder == Identity;

    /// <summary>Whether the record that it knows still holds at <paramref name="now"/>.</summary>
    public bool IsValid(DateTimeOffset now) => ObservedAt + TimeSpan.FromSeconds(Observed.LeaseSeconds) > now;

    /// <summary>Whether it may renew without reading first: it leads, and its lease holds.</summary>
    public bool MayRenewUnseen(DateTimeOffset now) => IsLeader && IsValid(now);

    /// <summary>After reading <paramref name="read"/>: the time counts anew when it differs from what was read before.</summary>
    public Candidacy See(LeaderRecord read, DateTimeOffset now) => read == Read ? this : this with { Observed = read, ObservedAt = now, Read = read };

    /// <summary>After writing <paramref name="written"/>.</summary>
    public Candidacy Wrote(LeaderRecord written, DateTimeOffset now) => this with { Observed = written, ObservedAt = now };

    /// <summary>Whether somebody else leads whose lease holds at <paramref name="now"/>: then nothing may be written.</summary>
    public bool IsLedByAnother(LeaderRecord read, DateTimeOffset now) => read.Holder.Length > 0 && IsValid(now) && !IsLeader;

    /// <summary>The record of who begins to lead where there is no lease yet.</summary>
    public LeaderRecord First(DateTimeOffset now, TimeSpan leaseDuration) => new(Identity, (int)leaseDuration.TotalSeconds, now, now, 0);

    /// <summary>The record that renews <paramref name="before"/>, or takes it over.</summary>
    public LeaderRecord Next(LeaderRecord before, DateTimeOffset now, TimeSpan leaseDuration) => First(now, leaseDuration) with
    {
        AcquiredAt = IsLeader ? before.AcquiredAt : now,
        Transitions = IsLeader ? before.Transitions : before.Transitions + 1,
    };

    /// <summary>The record by which a leader gives the lease back: nobody holds it, for a second.</summary>
    public LeaderRecord Released(DateTimeOffset now) => new("", 1, now, now, Observed.Transitions);
}
