using KubeLab.Api.Core;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Registry;

/// <summary>The addresses of all API servers that live: each keeps its own in the store by a lease that it renews, so that the others learn when it is gone.</summary>
/// <remarks>Upstream: pkg/controlplane/reconcilers/lease.go, with keys under /registry/masterleases and 15 seconds of life. Renewing the lease costs no write here.</remarks>
internal sealed class MasterLeases(IEtcd etcd)
{
    private const string Prefix = "/registry/masterleases/";
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);
    private long lease;

    /// <summary>Says that the server at <paramref name="address"/> lives.</summary>
    /// <exception cref="EtcdException">The store does not answer.</exception>
    public void Renew(string address)
    {
        var found = etcd.Get(Prefix + address);
        if (lease != 0 && found is not null && TryKeepAlive())
        {
            return;
        }

        lease = etcd.GrantLease(TimeToLive);
        var subsets = new EndpointSubset { Addresses = [new() { Ip = address }] };
        etcd.Commit(new Txn(Prefix + address, found?.ModRevision ?? 0, new Endpoints { Metadata = new() { Name = address }, Subsets = [subsets] }, lease));
    }

    /// <summary>Says that the server at <paramref name="address"/> ends.</summary>
    /// <exception cref="EtcdException">The store does not answer.</exception>
    public void Remove(string address)
    {
        lease = 0;
        if (etcd.Get(Prefix + address) is { } found)
        {
            etcd.Commit(new Txn(found.Key, found.ModRevision, null));
        }
    }

    /// <summary>The addresses of those that live, in the order of their keys.</summary>
    /// <exception cref="EtcdException">The store does not answer.</exception>
    public IReadOnlyList<string> Addresses() =>
        [.. etcd.Range(Prefix, KeyRange.PrefixEnd(Prefix)).Items.Select(i => i.Key[Prefix.Length..])];

    private bool TryKeepAlive()
    {
        try
        {
            etcd.KeepAlive(lease);
            return true;
        }
        catch (EtcdException e) when (e.Error == EtcdError.LeaseNotFound)
        {
            return false;
        }
    }
}
