namespace KubeLab.Etcd.Raft;

/// <summary>Who belongs to the group: voters decide, learners only receive. All in ascending order.</summary>
public sealed class Membership
{
    private readonly long[] voters;
    private readonly long[] learners;
    private readonly long[] removed;

    private Membership(IEnumerable<long> voters, IEnumerable<long> learners, IEnumerable<long> removed)
    {
        this.voters = [.. voters.Order().Distinct()];
        this.learners = [.. learners.Order().Distinct()];
        this.removed = [.. removed.Order().Distinct()];
    }

    /// <summary>Nobody: what a member knows that has yet to be told.</summary>
    public static Membership Empty { get; } = new([], [], []);

    /// <summary>Those who vote.</summary>
    public IReadOnlyList<long> Voters => voters;

    /// <summary>Those who receive the log and have no vote.</summary>
    public IReadOnlyList<long> Learners => learners;

    /// <summary>Those who have left. They do not come back, and nobody listens to them: one who does not know yet would call for elections without end.</summary>
    public IReadOnlyList<long> Removed => removed;

    /// <summary>How many votes decide.</summary>
    public int Quorum => (voters.Length / 2) + 1;

    /// <summary>A group of voters.</summary>
    public static Membership Of(params IEnumerable<long> voters) => new(voters, [], []);

    /// <summary>Whether <paramref name="member"/> votes.</summary>
    public bool IsVoter(long member) => Array.IndexOf(voters, member) >= 0;

    /// <summary>Whether <paramref name="member"/> receives the log without a vote.</summary>
    public bool IsLearner(long member) => Array.IndexOf(learners, member) >= 0;

    /// <summary>Whether <paramref name="member"/> has left.</summary>
    public bool IsRemoved(long member) => removed.Length > 0 && Array.IndexOf(removed, member) >= 0;

    /// <summary>Whether <paramref name="member"/> belongs to the group at all.</summary>
    public bool Contains(long member) => IsVoter(member) || IsLearner(member);

    /// <summary>The group after a change; itself when the change means nothing to it.</summary>
    /// <remarks>A voter is never made a learner again, who has left does not return, and the last voter cannot leave: nobody would be left to decide.</remarks>
    public Membership With(MembershipChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var member = change.Member;
        return change.Kind switch
        {
            MembershipChangeKind.AddLearner when !Contains(member) && !IsRemoved(member) => new(voters, [.. learners, member], removed),
            MembershipChangeKind.AddVoter when !IsVoter(member) && !IsRemoved(member) => new([.. voters, member], learners.Where(l => l != member), removed),
            MembershipChangeKind.Remove when Contains(member) && !(voters.Length == 1 && IsVoter(member)) =>
                new(voters.Where(v => v != member), learners.Where(l => l != member), [.. removed, member]),
            _ => this,
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        learners.Length == 0 ? $"({string.Join(' ', voters)})" : $"({string.Join(' ', voters)}) learners ({string.Join(' ', learners)})";
}
