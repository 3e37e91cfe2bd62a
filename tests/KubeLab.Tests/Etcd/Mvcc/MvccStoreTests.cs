using FsCheck;
using FsCheck.Fluent;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd.Mvcc;

public sealed class MvccStoreTests
{
    private static readonly string[] Prefixes = ["/registry/", "/registry/pods/", "/registry/pods/a/", "/registry/pods/b/"];

    [Fact]
    public void The_store_equals_a_dictionary_that_is_copied_at_every_revision() => ForAnySeed(chance =>
    {
        var (f, model) = (new EtcdFixture(), new Model());
        for (var step = 0; step < 300; step++)
        {
            Act(f, model, chance);
        }

        for (var revision = Math.Max(1, f.Etcd.CompactedRevision); revision <= f.Etcd.Revision; revision++)
        {
            foreach (var prefix in Prefixes)
            {
                Assert.Equal(model.Under(prefix, revision), f.Under(prefix, revision));
            }
        }

        Assert.Equal(model.Under("/", f.Etcd.Revision), f.Under("/"));
    });

    [Fact]
    public void A_watch_from_any_uncompacted_revision_tells_the_difference_between_then_and_now() => ForAnySeed(chance =>
    {
        var (f, model) = (new EtcdFixture(), new Model());
        for (var step = 0; step < 120; step++)
        {
            Act(f, model, chance);
        }

        var prefix = Prefixes[chance.NextInt(Prefixes.Length)];
        var oldest = Math.Max(1, f.Etcd.CompactedRevision);
        var from = oldest + chance.NextInt((int)(f.Etcd.Revision - oldest) + 1);
        var copy = new Copy(model.At(from).Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)));
        using var watch = f.Etcd.Watch(prefix, from, copy);
        for (var step = 0; step < 60; step++)
        {
            Act(f, model, chance);
        }

        Assert.Equal(model.Under(prefix, f.Etcd.Revision), copy.Lines);
        Assert.True(copy.LastRevision <= f.Etcd.Revision);
    });

    [Fact]
    public void A_watch_that_is_over_is_told_nothing_more()
    {
        var (f, copy) = (new EtcdFixture(), new Copy([]));
        var watch = f.Etcd.Watch("/registry/a/", 1, copy);
        f.Put("/registry/a/x", "one");
        f.Put("/registry/b/x", "elsewhere");
        watch.Dispose();
        f.Put("/registry/a/y", "two");

        Assert.Equal(["/registry/a/x=one"], copy.Lines);
    }

    [Fact]
    public void A_deletion_tells_the_last_state_with_the_revision_of_the_deletion()
    {
        var (f, copy) = (new EtcdFixture(), new Copy([new("/registry/a/x", "one")]));
        f.Put("/registry/a/x", "one");
        using var watch = f.Etcd.Watch("/registry/a/", f.Etcd.Revision, copy);
        f.Delete("/registry/a/x");

        Assert.True(copy.Last!.IsDeleted);
        Assert.Equal(("one", "3"), (EtcdFixture.Text(copy.Last), copy.Last.Value.Metadata.ResourceVersion));
        Assert.Equal("one", EtcdFixture.Text(copy.Last.Previous!));
    }

    [Fact]
    public void Thousands_of_keys_stay_in_order_however_they_come_and_go()
    {
        var (f, chance) = (new EtcdFixture(), new Randomness(3));
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5000; i++)
        {
            var key = $"/registry/pods/a/{chance.NextInt(4000)}";
            if (keys.Remove(key))
            {
                f.Delete(key);
            }
            else
            {
                keys.Add(key);
                f.Put(key, key);
            }

            if (i % 1000 == 999)
            {
                f.Etcd.Compact(f.Etcd.Revision);
            }
        }

        Assert.Equal(keys.Select(k => $"{k}={k}"), f.Under("/registry/"));
    }

    private static void ForAnySeed(Action<Randomness> property) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        property(new Randomness(seed));
        return true;
    }).QuickCheckThrowOnFailure();

    private static void Act(EtcdFixture f, Model model, Randomness chance)
    {
        var key = $"/registry/pods/{"ab"[chance.NextInt(2)]}/{chance.NextInt(6)}";
        switch (chance.NextInt(20))
        {
            case < 12:
                var text = $"v{chance.NextInt(1000)}";
                f.Put(key, text);
                model.Change(s => s[key] = text);
                break;
            case < 19:
                if (f.Etcd.Get(key) is not null)
                {
                    f.Delete(key);
                    model.Change(s => s.Remove(key));
                }

                break;
            default:
                var revision = f.Etcd.Revision - chance.NextInt(10);
                if (revision > f.Etcd.CompactedRevision)
                {
                    f.Etcd.Compact(revision);
                }

                break;
        }
    }

    /// <summary>The slow truth: a copy of everything for each revision.</summary>
    private sealed class Model
    {
        private readonly List<SortedDictionary<string, string>> states = [new(StringComparer.Ordinal)];

        public void Change(Action<SortedDictionary<string, string>> change)
        {
            var next = new SortedDictionary<string, string>(states[^1], StringComparer.Ordinal);
            change(next);
            states.Add(next);
        }

        public SortedDictionary<string, string> At(long revision) => states[(int)revision - 1];

        public IEnumerable<string> Under(string prefix, long revision) =>
            At(revision).Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(p => $"{p.Key}={p.Value}");
    }

    /// <summary>A copy of a directory that is kept by what a watch tells.</summary>
    private sealed class Copy(IEnumerable<KeyValuePair<string, string>> start) : IEtcdWatcher
    {
        private readonly SortedDictionary<string, string> state = new(start.ToDictionary(), StringComparer.Ordinal);

        public long LastRevision { get; private set; }

        public KeyValue? Last { get; private set; }

        public IEnumerable<string> Lines => state.Select(p => $"{p.Key}={p.Value}");

        public void OnChange(KeyValue change)
        {
            Assert.True(change.ModRevision > LastRevision, "each change comes once, in order");
            (LastRevision, Last) = (change.ModRevision, change);
            if (change.IsDeleted)
            {
                Assert.True(state.Remove(change.Key));
            }
            else
            {
                state[change.Key] = EtcdFixture.Text(change);
            }
        }
    }
}
