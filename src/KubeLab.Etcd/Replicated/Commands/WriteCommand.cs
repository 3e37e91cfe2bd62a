using KubeLab.Api;
using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.Etcd.Replicated.Commands;

/// <summary>Writes or deletes one key if it is still as expected. Which revision it is gets into the object when the first member applies it, and all others take that very instance.</summary>
internal sealed class WriteCommand(in Txn txn, int valueBytes) : EtcdCommand
{
    private readonly string key = txn.Key;
    private readonly long expected = txn.ExpectedModRevision;
    private readonly long lease = txn.Lease;
    private readonly bool isDelete = txn.Value is null;
    private IApiObject? value = txn.Value;
    private long stampedAt;

    public override int SizeBytes => key.Length + valueBytes;

    public override object? ApplyTo(MemberStore store)
    {
        if (!isDelete && store.IsFull)
        {
            return EtcdError.NoSpace;
        }

        if (lease != 0 && !store.Lessor.Exists(lease))
        {
            return EtcdError.LeaseNotFound;
        }

        var mvcc = store.Mvcc;
        var entry = mvcc.Entry(key);
        var current = entry?.Latest is { IsDeleted: false } latest ? latest : null;
        if ((current?.ModRevision ?? 0) != expected)
        {
            return new TxnResult(false, mvcc.Revision, current);
        }

        if (isDelete && current is null)
        {
            return new TxnResult(true, mvcc.Revision, null);
        }

        var stamped = Stamp(isDelete ? current!.Value : value!, mvcc.Revision + 1);
        if (isDelete)
        {
            store.Lessor.Attach(entry!, 0);
            var deleted = mvcc.Delete(entry!, stamped);
            store.AfterWrite();
            return new TxnResult(true, deleted.ModRevision, deleted);
        }

        var written = mvcc.Put(key, stamped, valueBytes);
        store.Lessor.Attach(written.Entry, lease);
        store.AfterWrite();
        return new TxnResult(true, written.ModRevision, written);
    }

    public override string ToString() => $"{(isDelete ? "delete" : "put")} {key}";

    private IApiObject Stamp(IApiObject unstamped, long revision)
    {
        if (stampedAt == 0)
        {
            (value, stampedAt) = (MvccStore.Stamped(unstamped, revision), revision);
        }

        Invariant.Holds(stampedAt == revision, "all members write the same at the same revision");
        return value!;
    }
}
