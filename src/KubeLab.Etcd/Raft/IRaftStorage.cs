namespace KubeLab.Etcd.Raft;

/// <summary>What a member finds on its disk when it starts.</summary>
public interface IRaftStorage
{
    /// <summary>The term, vote and commitment written last.</summary>
    HardState HardState { get; }

    /// <summary>The newest snapshot.</summary>
    RaftSnapshot Snapshot { get; }

    /// <summary>The place before the first of <see cref="Entries"/>, not behind the snapshot.</summary>
    long BaseIndex { get; }

    /// <summary>The term at <see cref="BaseIndex"/>.</summary>
    long BaseTerm { get; }

    /// <summary>The entries behind <see cref="BaseIndex"/>.</summary>
    IReadOnlyList<RaftEntry> Entries { get; }
}
