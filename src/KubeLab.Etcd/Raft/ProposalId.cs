namespace KubeLab.Etcd.Raft;

/// <summary>Tells proposals apart: the member at which one was made, and that member's count of them.</summary>
/// <param name="Origin">The member.</param>
/// <param name="Sequence">Its count, from 1 on; 0 for an entry that nobody proposed.</param>
public readonly record struct ProposalId(long Origin, long Sequence)
{
    /// <inheritdoc/>
    public override string ToString() => Sequence == 0 ? "-" : $"{Origin}#{Sequence}";
}
