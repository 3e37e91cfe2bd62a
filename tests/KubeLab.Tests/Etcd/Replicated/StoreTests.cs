using KubeLab.Etcd;

namespace KubeLab.Tests.Etcd.Replicated;

/// <summary>What a store promises, however many members it has and whichever of them is asked.</summary>
public abstract class StoreTests
{
    private readonly EtcdFixture f;

    /// <param name="members">How many.</param>
    /// <param name="asked">The number of the member that is asked.</param>
    protected StoreTests(int members, int asked)
    {
        f = new EtcdFixture(members);
        f.Etcd = f.At(asked);
    }

    [Fact]
    public void Every_write_is_one_revision_and_the_object_carries_it()
    {
        var first = f.Put("/registry/a/x", "one");
        var second = f.Put("/registry/a/x", "two");

        Assert.Equal((2, 2, 1), (first.CreateRevision, first.ModRevision, first.Version));
        Assert.Equal((2, 3, 2), (second.CreateRevision, second.ModRevision, second.Version));
        Assert.Equal("3", second.Value.Metadata.ResourceVersion);
        Assert.Equal(3, f.Etcd.Revision);
    }

    [Fact]
    public void A_transaction_that_expects_another_version_writes_nothing_and_says_what_is_there()
    {
        f.Put("/registry/a/x", "one");

        var result = f.Etcd.Commit(new Txn("/registry/a/x", 0, EtcdFixture.Value("two")));

        Assert.False(result.Succeeded);
        Assert.Equal("one", EtcdFixture.Text(result.Current!));
        Assert.Equal(2, f.Etcd.Revision);
    }

    [Fact]
    public void A_key_that_comes_back_begins_a_new_life()
    {
        f.Put("/registry/a/x", "one");
        f.Delete("/registry/a/x");
        Assert.Null(f.Etcd.Get("/registry/a/x"));

        var again = f.Put("/registry/a/x", "two");

        Assert.Equal((4, 1), (again.CreateRevision, again.Version));
    }

    [Fact]
    public void A_range_shows_the_past_until_it_is_compacted()
    {
        f.Put("/registry/a/x", "one");
        f.Put("/registry/a/y", "two");
        f.Put("/registry/a/x", "three");
        f.Delete("/registry/a/y");

        Assert.Equal(["/registry/a/x=one", "/registry/a/y=two"], f.Under("/registry/a/", atRevision: 3));
        Assert.Equal(["/registry/a/x=three"], f.Under("/registry/a/"));

        f.Etcd.Compact(4);
        Assert.Equal(["/registry/a/x=three", "/registry/a/y=two"], f.Under("/registry/a/", atRevision: 4));
        var refusal = Assert.Throws<EtcdException>(() => f.Under("/registry/a/", atRevision: 3));
        Assert.Equal("etcdserver: mvcc: required revision has been compacted", refusal.Message);
    }

    [Fact]
    public void A_limit_says_how_many_remain()
    {
        foreach (var name in new[] { "c", "a", "d", "b" })
        {
            f.Put($"/registry/a/{name}", name);
        }

        f.Put("/registry/b/x", "other");
        var range = f.Etcd.Range("/registry/a/", KeyRange.PrefixEnd("/registry/a/"), limit: 3, countAll: true);

        Assert.Equal(["a", "b", "c"], range.Items.Select(EtcdFixture.Text));
        Assert.Equal((true, 1L), (range.HasMore, range.Remaining));
        Assert.False(f.Etcd.Range("/registry/a/", KeyRange.PrefixEnd("/registry/a/"), limit: 4).HasMore);
    }

    [Fact]
    public void Keys_go_with_the_lease_of_their_last_write()
    {
        var lease = f.Etcd.GrantLease(TimeSpan.FromMinutes(1));
        f.Put("/registry/a/x", "one", lease);
        f.Put("/registry/a/y", "two", lease);
        f.Put("/registry/a/y", "kept");

        f.Clock.RunFor(TimeSpan.FromSeconds(40));
        f.Etcd.KeepAlive(lease);
        f.Clock.RunFor(TimeSpan.FromSeconds(59));
        Assert.Equal(2, f.Under("/registry/a/").Count);

        f.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["/registry/a/y=kept"], f.Under("/registry/a/"));
        Assert.Equal("etcdserver: requested lease not found", Assert.Throws<EtcdException>(() => f.Etcd.KeepAlive(lease)).Message);
    }

    [Fact]
    public void History_is_compacted_to_where_the_store_stood_one_period_ago()
    {
        var compactor = new AutoCompactor(f.Etcd, f.Clock, TimeSpan.FromMinutes(5));
        f.Put("/registry/a/x", "one");
        f.Put("/registry/a/x", "two");
        f.Clock.RunFor(TimeSpan.FromMinutes(5));
        f.Put("/registry/a/x", "three");
        f.Clock.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(3, f.Etcd.CompactedRevision);
        Assert.Equal(1, f.Etcd.HistoryLength);

        compactor.Stop();
        f.Clock.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(3, f.Etcd.CompactedRevision);
    }
}

public sealed class StoreOfOneTests() : StoreTests(1, 1);

public sealed class StoreOfThreeTests() : StoreTests(3, 1);

public sealed class StoreOfFiveTests() : StoreTests(5, 4);
