using KubeLab.Etcd.Raft;

namespace KubeLab.Etcd.Replicated.Commands;

/// <summary>What is proposed to the members: each does it to its own store when it is committed, and all get the same.</summary>
internal abstract class EtcdCommand : IRaftCommand
{
    /// <inheritdoc/>
    public abstract int SizeBytes { get; }

    /// <summary>Does it.</summary>
    /// <returns>The answer, or an <see cref="EtcdError"/>; whoever proposed it is told.</returns>
    public abstract object? ApplyTo(MemberStore store);
}
