using KubeLab.Etcd.Raft;

namespace KubeLab.Etcd.Replicated;

/// <summary>How a member stands, as <c>etcdctl endpoint status</c> tells it.</summary>
/// <param name="Name">Its machine.</param>
/// <param name="Id">Its number.</param>
/// <param name="IsUp">Whether it runs.</param>
/// <param name="IsLearner">Whether it has no vote yet.</param>
/// <param name="Role">What it is; a follower while it is down.</param>
/// <param name="Term">Its term.</param>
/// <param name="Leader">The machine of the leader it knows; null when it knows of none.</param>
/// <param name="LastIndex">The last place of its log.</param>
/// <param name="Committed">Up to where it knows the log to be committed.</param>
/// <param name="Applied">Up to where its store has it.</param>
/// <param name="DbSizeBytes">How large its file is.</param>
/// <param name="DbSizeInUseBytes">How much of that is in use; defragmentation gives the rest back.</param>
/// <param name="Alarms">The alarms it knows of.</param>
public sealed record EtcdMemberStatus(
    string Name,
    long Id,
    bool IsUp,
    bool IsLearner,
    RaftRole Role,
    long Term,
    string? Leader,
    long LastIndex,
    long Committed,
    long Applied,
    long DbSizeBytes,
    long DbSizeInUseBytes,
    IReadOnlyList<EtcdAlarm> Alarms);
