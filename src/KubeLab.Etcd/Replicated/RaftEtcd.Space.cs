using KubeLab.Etcd.Replicated.Commands;

namespace KubeLab.Etcd.Replicated;

/// <content>Space: a file that has reached its quota stops all writing until history is compacted, the file defragmented, and the alarm disarmed.</content>
/// <seealso href="https://etcd.io/docs/v3.5/op-guide/maintenance/">Maintenance</seealso>
public sealed partial class RaftEtcd
{
    // Nearer to the quota than this, every object is measured.
    private const long QuotaIsNear = 64L << 20;

    /// <summary>Gives the space back that compaction has freed in this member's file. The member answers nobody meanwhile.</summary>
    /// <returns>How long that takes.</returns>
    public TimeSpan Defragment()
    {
        RequireUp();
        var time = TimeSpan.FromSeconds((double)store.FileBytes / cluster.Options.DefragmentBytesPerSecond);
        store.Defragment();
        defragmentedAt = clock.Now + time;
        return time;
    }

    /// <summary>Disarms every alarm: <c>etcdctl alarm disarm</c>. It comes back with the next write when there is no room still.</summary>
    /// <returns>The alarms that were.</returns>
    public IReadOnlyList<EtcdAlarm> Disarm()
    {
        EtcdAlarm[] alarms = [.. store.Alarms];
        foreach (var alarm in alarms)
        {
            Run(new AlarmCommand(alarm, isRaised: false));
        }

        return alarms;
    }

    private void RequireSpace(int bytes)
    {
        if (store.FileBytes + bytes < cluster.Options.QuotaBackendBytes)
        {
            return;
        }

        var alarm = new EtcdAlarm(Raft.Id, EtcdAlarmKind.NoSpace);
        if (!store.Alarms.Contains(alarm))
        {
            Run(new AlarmCommand(alarm, isRaised: true));
        }

        throw new EtcdException(EtcdError.NoSpace);
    }
}
