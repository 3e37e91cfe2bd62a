namespace KubeLab.Etcd.Raft;

/// <summary>A read may be served from a state machine that has applied this much.</summary>
/// <param name="Number">The read.</param>
/// <param name="Index">The place up to which the state machine must be.</param>
public readonly record struct ReadState(long Number, long Index);
