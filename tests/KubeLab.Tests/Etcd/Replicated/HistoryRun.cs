using System.Globalization;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;
using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Etcd.Replicated;

/// <summary>One seed: API servers' requests at random members, faults between them, then peace; what was acknowledged must be there, once, and everywhere the same.</summary>
internal sealed class HistoryRun
{
    private const int Keys = 3;

    private readonly EtcdFixture f;
    private readonly Randomness chance;
    private readonly List<RegisterOperation> history = [];
    private readonly List<string> story = [];
    private readonly SortedDictionary<string, List<string>> told = new(StringComparer.Ordinal);
    private readonly HashSet<long> acknowledged = [];
    private readonly HashSet<long> lost = [];
    private readonly Dictionary<string, (long Value, long Revision)> seen = [];
    private long now;
    private long value;

    public HistoryRun(long seed, int members, RaftBug bug = RaftBug.None)
    {
        chance = new Randomness(seed);
        var raft = new EtcdOptions().Raft;
        f = new EtcdFixture(members, new EtcdOptions { Raft = raft with { SnapshotEvery = 10 + chance.NextInt(50), CatchUpEntries = chance.NextInt(10), Bug = bug } }, seed);
        foreach (var member in f.Cluster.Members())
        {
            Follow(f.Cluster.Member(member.Name));
        }
    }

    public int Acknowledged => acknowledged.Count;

    public int Refused { get; private set; }

    public int Unknown { get; private set; }

    public string Story => string.Join('\n', story);

    /// <summary>What went wrong, or null.</summary>
    public string? FindViolation()
    {
        for (var step = 0; step < 150; step++)
        {
            f.Run(chance.NextInt(3) == 0 ? chance.Exponential(0.6) : 0);
            if (chance.NextInt(8) == 0)
            {
                Strike();
            }
            else
            {
                Ask();
            }
        }

        f.Cluster.Heal();
        foreach (var member in f.Cluster.Members())
        {
            f.Cluster.Start(member.Name);
            f.Cluster.SlowDisk(member.Name, null);
        }

        f.Run(20);
        return NotWell() ?? LinearizabilityChecker.FindViolation(history);
    }

    private string? NotWell()
    {
        var members = f.Cluster.Members().Select(m => f.Cluster.Member(m.Name)).ToArray();
        var first = members[0];
        if (members.FirstOrDefault(m => !m.IsReady) is { } unready)
        {
            return $"{unready.Name} is not ready, seconds after the last fault:\n{string.Join('\n', f.Cluster.Members())}";
        }

        var changes = told[first.Name];
        foreach (var member in members)
        {
            if (!told[member.Name].SequenceEqual(changes))
            {
                return $"{member.Name} was told otherwise than {first.Name}:\n{string.Join(' ', told[member.Name])}\n{string.Join(' ', changes)}";
            }

            if (!EtcdFixture.Under(member, "/r/").SequenceEqual(EtcdFixture.Under(first, "/r/")) || member.Revision != first.Revision)
            {
                return $"{member.Name} holds something else than {first.Name}";
            }
        }

        var written = changes.Select(c => long.Parse(c.Split('=')[1], CultureInfo.InvariantCulture)).ToArray();
        if (written.Distinct().Count() != written.Length)
        {
            return $"something was written twice: {string.Join(' ', changes)}";
        }

        if (acknowledged.Except(written).Any())
        {
            return $"acknowledged and lost: {string.Join(' ', acknowledged.Except(written))}";
        }

        return lost.Intersect(written).Any() ? $"said to be lost, and there: {string.Join(' ', lost.Intersect(written))}" : null;
    }

    private void Ask()
    {
        var members = f.Cluster.Members();
        var member = f.Cluster.Member(members[chance.NextInt(members.Count)].Name);
        var key = $"/r/{chance.NextInt(Keys)}";
        var called = ++now;
        if (chance.NextInt(3) == 0)
        {
            Read(member, key, called);
        }
        else
        {
            Write(member, key, called);
        }
    }

    private void Read(RaftEtcd member, string key, long called)
    {
        try
        {
            var found = member.Get(key);
            seen[key] = (ValueOf(found), found?.ModRevision ?? 0);
            history.Add(new(key, RegisterCall.Read, 0, 0, called, ++now, ValueOf(found)));
            Tell($"{member.Name} reads {key}={ValueOf(found)} in {member.LastLatency.TotalMilliseconds:0.0} ms");
        }
        catch (EtcdException refusal)
        {
            Refused++;
            Tell($"{member.Name} does not read {key}: {refusal.Message}");
        }
    }

    private void Write(RaftEtcd member, string key, long called)
    {
        var expected = seen.GetValueOrDefault(key);
        var next = ++value;
        try
        {
            var result = member.Commit(new Txn(key, expected.Revision, EtcdFixture.Value(next.ToString(CultureInfo.InvariantCulture))));
            var found = result.Succeeded ? expected.Value : ValueOf(result.Current);
            history.Add(new(key, RegisterCall.CompareAndSet, next, expected.Value, called, ++now, found));
            seen[key] = (result.Succeeded ? next : found, result.Current?.ModRevision ?? 0);
            if (result.Succeeded)
            {
                acknowledged.Add(next);
            }

            Tell($"{member.Name} writes {key}={next} if {expected.Value}: {result.Succeeded} in {member.LastLatency.TotalMilliseconds:0.0} ms");
        }
        catch (EtcdException refusal)
        {
            Unknown++;
            Tell($"{member.Name} writes {key}={next} if {expected.Value}: {refusal.Message}");
            if (refusal.Error == EtcdError.LeaderFailed)
            {
                lost.Add(next);
            }
            else
            {
                history.Add(new(key, RegisterCall.CompareAndSet, next, expected.Value, called, null, 0));
            }
        }
    }

    private void Strike()
    {
        var names = f.Cluster.Members().Select(m => m.Name).ToArray();
        var name = names[chance.NextInt(names.Length)];
        switch (chance.NextInt(10))
        {
            case < 2:
                name = f.Cluster.Leader?.Name ?? name;
                Tell($"crash {name}, which leads");
                f.Cluster.Crash(name);
                break;
            case 2:
                Tell($"crash {name}");
                f.Cluster.Crash(name);
                break;
            case 3:
                Tell($"stop {name}");
                f.Cluster.Stop(name);
                break;
            case < 7:
                foreach (var down in f.Cluster.Members().Where(m => !m.IsUp))
                {
                    Tell($"start {down.Name}");
                    f.Cluster.Start(down.Name);
                }

                break;
            case 7:
                var one = names.Where(_ => chance.NextInt(2) == 0).ToArray();
                Tell($"partition {string.Join(' ', one)}");
                f.Cluster.Partition(one, [.. names.Except(one)]);
                break;
            case 8:
                Tell("heal");
                f.Cluster.Heal();
                break;
            default:
                Tell($"slow disk {name}");
                f.Cluster.SlowDisk(name, chance.NextInt(2) == 0 ? null : TimeSpan.FromMilliseconds(chance.Exponential(200)));
                break;
        }
    }

    private void Follow(RaftEtcd member)
    {
        var lines = told[member.Name] = [];
        member.Watch("/r/", 1, new Teller(lines));
    }

    private static long ValueOf(KeyValue? found) => found is null ? 0 : long.Parse(EtcdFixture.Text(found), CultureInfo.InvariantCulture);

    private void Tell(string line) =>
        story.Add(string.Create(CultureInfo.InvariantCulture, $"{f.Clock.Now:mm:ss.fff} (members {f.Cluster.MembersNow:mm:ss.fff}) {line}"));

    private sealed class Teller(List<string> lines) : IEtcdWatcher
    {
        public void OnChange(KeyValue change) => lines.Add($"{change.ModRevision}:{change.Key}={EtcdFixture.Text(change)}");
    }
}
