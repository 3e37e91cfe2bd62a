using System.Diagnostics;
using System.Globalization;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation;
using KubeLab.Simulation.Networking;

namespace KubeLab.Benchmarks;

/// <summary>What agreement costs in real time: committed proposals per second, and a quiet day. <c>-- raft</c></summary>
internal static class RaftTimes
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(int proposals)
    {
        Console.WriteLine("| Members | Clients | Committed per second | per second of CPU | per simulated second | median latency, simulated |\n|---:|---:|---:|---:|---:|---:|");
        foreach (var members in new[] { 1, 3, 5 })
        {
            foreach (var clients in new[] { 1, 64 })
            {
                Load(members, clients, proposals / 10);
                Console.WriteLine(Load(members, clients, proposals));
            }
        }

        Load(3, 64, proposals / 10, journal: true);
        Console.WriteLine("\n3 members, in turn without and with a journal:");
        foreach (var journal in new[] { false, true, false, true, false, true })
        {
            Console.WriteLine($"{(journal ? "with" : "without")} {Load(3, 64, proposals, journal)}");
        }

        Console.WriteLine(QuietDay(3));
    }

    private static string Load(int members, int clients, int proposals, bool journal = false)
    {
        var clock = new VirtualClock(Start);
        var group = Group(clock, members);
        if (journal)
        {
            RaftJournal.Keep(group);
        }

        var leader = group.Leader!;
        var latencies = new List<double>(proposals);
        var left = proposals;
        void Next()
        {
            if (left-- > 0)
            {
                var begin = clock.Now;
                leader.Propose(new Kilobyte(), r =>
                {
                    latencies.Add((clock.Now - begin).TotalMilliseconds);
                    clock.After(TimeSpan.Zero, Next);
                });
            }
        }

        var (watch, cpu, simulated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, clock.Now);
        for (var i = 0; i < clients; i++)
        {
            Next();
        }

        if (!clock.RunUntil(() => latencies.Count >= proposals, TimeSpan.FromHours(10)))
        {
            throw new InvalidOperationException($"{latencies.Count} of {proposals} were committed");
        }

        var wall = watch.Elapsed.TotalSeconds;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        var virtualSeconds = (clock.Now - simulated).TotalSeconds;
        latencies.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {members} | {clients} | {proposals / wall:N0} | {proposals / used:N0} | {proposals / virtualSeconds:N0} | {latencies[proposals / 2]:0.0} ms |");
    }

    private static string QuietDay(int members)
    {
        var clock = new VirtualClock(Start);
        Group(clock, members);
        var (watch, cpu, events) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, clock.EventsRun);
        clock.RunFor(TimeSpan.FromDays(1));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\nA quiet day of {members} members: {clock.EventsRun - events:N0} events, {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s of CPU.");
    }

    private static RaftGroup Group(VirtualClock clock, int members)
    {
        var chance = new Randomness(1);
        var group = new RaftGroup(clock, new SimulatedNetwork(clock, chance.For("network")), chance.For("raft"), new RaftOptions(), _ => new Counter());
        group.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"master-{i}")]);
        clock.RunUntil(() => group.Leader is { } leader && leader.Status()!.Commit > 1, TimeSpan.FromMinutes(1));
        return group;
    }

    private sealed record Kilobyte : IRaftCommand
    {
        public int SizeBytes => 1024;
    }

    private sealed class Counter : IRaftStateMachine
    {
        private long count;

        public object? Apply(RaftEntry entry)
        {
            count++;
            return null;
        }

        public object? TakeSnapshot() => count;

        public void Restore(object? state) => count = state is long saved ? saved : 0;
    }
}
