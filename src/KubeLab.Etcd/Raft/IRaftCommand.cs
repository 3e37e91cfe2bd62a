namespace KubeLab.Etcd.Raft;

/// <summary>What a client wants the state machine to do; immutable, because all members share it.</summary>
public interface IRaftCommand
{
    /// <summary>How large it would be on the wire and on disk, in bytes; limits and batches count it.</summary>
    int SizeBytes { get; }
}
