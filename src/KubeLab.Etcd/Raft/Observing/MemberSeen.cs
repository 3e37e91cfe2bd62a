namespace KubeLab.Etcd.Raft.Observing;

/// <summary>What a member was when the journal last looked at it.</summary>
internal sealed class MemberSeen
{
    public RaftRole Role { get; set; }

    public long Term { get; set; }

    public Membership? Membership { get; set; }
}
