namespace KubeLab.Etcd.Raft;

/// <summary>What a member must remember across a crash besides its log.</summary>
/// <param name="Term">The newest term it has seen.</param>
/// <param name="Vote">Whom it voted for in that term; 0 for nobody.</param>
/// <param name="Commit">Up to where it knew the log to be committed.</param>
public readonly record struct HardState(long Term, long Vote, long Commit);
