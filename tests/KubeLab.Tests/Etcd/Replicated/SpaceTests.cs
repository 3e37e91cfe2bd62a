using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Etcd.Replicated;

namespace KubeLab.Tests.Etcd.Replicated;

public sealed class SpaceTests
{
    private const string NoSpace = "etcdserver: mvcc: database space exceeded";
    private const long Quota = 100_000;

    private readonly EtcdFixture f = new(3, new EtcdOptions { QuotaBackendBytes = Quota });

    [Fact]
    public void A_full_store_takes_nothing_more_until_it_is_compacted_defragmented_and_disarmed()
    {
        Fill();
        Assert.All(f.Cluster.Members(), m => Assert.Equal(["memberID:1 alarm:NOSPACE"], m.Alarms.Select(a => a.ToString())));
        Assert.All(f.Cluster.Members(), m => Assert.InRange(m.DbSizeBytes, Quota - 3000, Quota));

        // All members refuse, also what is small, and leases; reading and deleting goes on.
        Assert.Equal(NoSpace, Assert.Throws<EtcdException>(() => Put(f.At(2), "small", 1)).Message);
        Assert.Equal(NoSpace, Assert.Throws<EtcdException>(() => f.At(3).GrantLease(TimeSpan.FromMinutes(1))).Message);
        Assert.NotNull(f.At(3).Get("/registry/a/big"));
        f.Delete("/registry/a/big");

        // Compaction alone leaves the file as large as it was.
        f.Etcd.Compact(f.Etcd.Revision);
        Assert.All(f.Cluster.Members(), m => Assert.True(m.DbSizeBytes > Quota - 3000 && m.DbSizeInUseBytes < 1000, $"{m}"));
        f.Etcd.Disarm();
        Assert.Equal(NoSpace, Assert.Throws<EtcdException>(() => Put(f.Etcd, "big", 2000)).Message);

        foreach (var member in new[] { f.At(1), f.At(2), f.At(3) })
        {
            member.Defragment();
        }

        Assert.Equal(NoSpace, Assert.Throws<EtcdException>(() => Put(f.Etcd, "big", 2000)).Message);
        Assert.Equal(["memberID:1 alarm:NOSPACE"], f.At(2).Disarm().Select(a => a.ToString()));
        Put(f.Etcd, "big", 2000);
        Assert.All(f.Cluster.Members(), m => Assert.True(m.DbSizeBytes < 4000 && m.Alarms.Count == 0, $"{m}"));
    }

    [Fact]
    public void A_member_that_is_defragmented_keeps_its_callers_waiting()
    {
        var f = new EtcdFixture(3, new EtcdOptions { DefragmentBytesPerSecond = 1000 });
        f.Etcd.Commit(new Txn("/registry/a/x", 0, new ConfigMap { Metadata = new() { Name = "x" }, Data = StringMap.Of(("x", new string('x', 3000))) }));
        Assert.InRange(f.At(2).Defragment().TotalSeconds, 3, 4);

        f.At(2).Get("/registry/a/x");
        Assert.InRange(f.At(2).LastLatency.TotalSeconds, 3, 4);
        Assert.False(f.At(2).IsReady);
        f.At(3).Get("/registry/a/x");
        Assert.InRange(f.At(3).LastLatency.TotalMilliseconds, 0, 50);

        f.Run(4);
        f.At(2).Get("/registry/a/x");
        Assert.InRange(f.At(2).LastLatency.TotalMilliseconds, 0, 50);
    }

    [Fact]
    public void The_size_in_use_is_that_of_all_versions_that_are_left()
    {
        for (var i = 0; i < 10; i++)
        {
            Put(f.Etcd, "x", 1000);
        }

        var ten = f.Etcd.Status().DbSizeInUseBytes;
        Assert.InRange(ten, 10_000, 13_000);
        f.Etcd.Compact(f.Etcd.Revision);
        Assert.Equal(ten / 10, f.Etcd.Status().DbSizeInUseBytes);
        f.Delete("/registry/a/x");
        f.Etcd.Compact(f.Etcd.Revision);
        Assert.Equal(0, f.Etcd.Status().DbSizeInUseBytes);
    }

    private void Fill()
    {
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                Put(f.Etcd, "big", 2000);
            }
            catch (EtcdException full)
            {
                Assert.Equal(NoSpace, full.Message);
                return;
            }
        }

        Assert.Fail("it never filled");
    }

    private static void Put(RaftEtcd etcd, string name, int bytes) => etcd.Commit(new Txn(
        $"/registry/a/{name}",
        etcd.Get($"/registry/a/{name}")?.ModRevision ?? 0,
        new ConfigMap { Metadata = new() { Name = name }, Data = StringMap.Of(("x", new string('x', bytes))) }));
}
