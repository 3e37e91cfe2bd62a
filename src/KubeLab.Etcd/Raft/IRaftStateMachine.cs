namespace KubeLab.Etcd.Raft;

/// <summary>What the log is about: each member has one, and all go through the same states.</summary>
public interface IRaftStateMachine
{
    /// <summary>Does what a committed entry says; called once for each in the order of the log, also for entries without a command. Must depend on nothing else.</summary>
    /// <returns>What whoever proposed it is told.</returns>
    object? Apply(RaftEntry entry);

    /// <summary>Whether what it holds outlives a crash of its member by itself, so that snapshots are for others only.</summary>
    bool IsDurable => false;

    /// <summary>Its state now, immutable.</summary>
    object? TakeSnapshot();

    /// <summary>Takes on a state; null is the one that a group begins with.</summary>
    void Restore(object? state);
}
