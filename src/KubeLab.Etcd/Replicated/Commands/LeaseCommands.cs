using KubeLab.Api;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.Etcd.Replicated.Commands;

/// <summary>Makes a lease.</summary>
internal sealed class GrantLeaseCommand(long id, TimeSpan timeToLive) : EtcdCommand
{
    public override int SizeBytes => 24;

    public override object? ApplyTo(MemberStore store)
    {
        if (store.IsFull)
        {
            return EtcdError.NoSpace;
        }

        store.Lessor.Grant(id, timeToLive);
        return null;
    }

    public override string ToString() => $"grant lease {id:x}";
}

/// <summary>Ends a lease, with the keys that live by it.</summary>
internal sealed class RevokeLeaseCommand(long id) : EtcdCommand
{
    private readonly Dictionary<long, IApiObject> stamped = [];

    public override int SizeBytes => 16;

    public override object? ApplyTo(MemberStore store)
    {
        if (!store.Lessor.Exists(id))
        {
            return EtcdError.LeaseNotFound;
        }

        foreach (var entry in store.Lessor.Revoke(id))
        {
            var revision = store.Mvcc.Revision + 1;
            if (!stamped.TryGetValue(revision, out var last))
            {
                stamped.Add(revision, last = MvccStore.Stamped(entry.Latest!.Value, revision));
            }

            store.Mvcc.Delete(entry, last);
        }

        store.AfterWrite();
        return null;
    }

    public override string ToString() => $"revoke lease {id:x}";
}
