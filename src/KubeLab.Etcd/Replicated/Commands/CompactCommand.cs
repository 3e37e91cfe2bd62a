namespace KubeLab.Etcd.Replicated.Commands;

/// <summary>Forgets history.</summary>
internal sealed class CompactCommand(long revision) : EtcdCommand
{
    public override int SizeBytes => 16;

    public override object? ApplyTo(MemberStore store)
    {
        if (revision <= store.Mvcc.CompactedRevision)
        {
            return EtcdError.Compacted;
        }

        if (revision > store.Mvcc.Revision)
        {
            return EtcdError.FutureRevision;
        }

        store.Mvcc.Compact(revision);
        return null;
    }

    public override string ToString() => $"compact {revision}";
}
