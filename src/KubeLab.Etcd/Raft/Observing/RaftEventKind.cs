namespace KubeLab.Etcd.Raft.Observing;

/// <summary>What may happen to a member, or to the group as a whole.</summary>
public enum RaftEventKind
{
    /// <summary>A member starts.</summary>
    Up,

    /// <summary>A member ends without warning.</summary>
    Down,

    /// <summary>A member follows, in this term.</summary>
    Follows,

    /// <summary>A member stands for election: it asks for promises or for votes.</summary>
    Campaigns,

    /// <summary>A member is elected.</summary>
    Leads,

    /// <summary>The leader has ended or stepped down, and nobody leads.</summary>
    LeaderLost,

    /// <summary>No member that runs reaches a majority any more: nothing can be decided.</summary>
    QuorumLost,

    /// <summary>Some member reaches a majority again.</summary>
    QuorumRegained,

    /// <summary>Links between members were cut or mended.</summary>
    Network,

    /// <summary>Who belongs to the group has changed.</summary>
    Membership,
}
