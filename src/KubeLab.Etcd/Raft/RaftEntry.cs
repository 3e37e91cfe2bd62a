namespace KubeLab.Etcd.Raft;

/// <summary>One place of the replicated log. Members share one instance.</summary>
/// <param name="Term">The term of the leader that made it.</param>
/// <param name="Index">Its place, from 1 on.</param>
/// <param name="Command">What to do; null for the entry with which a leader begins its term, and for changes of the membership.</param>
/// <param name="Proposal">Whose it is.</param>
/// <param name="Change">The change of the membership it makes, or null.</param>
public sealed record RaftEntry(long Term, long Index, IRaftCommand? Command, ProposalId Proposal = default, MembershipChange? Change = null)
{
    private const int OverheadBytes = 24;

    /// <summary>Its size in bytes, with what an entry needs besides its command.</summary>
    public int SizeBytes => OverheadBytes + (Command?.SizeBytes ?? 0);

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Term} {(object?)Change ?? Command ?? (object)"begin"}";
}
