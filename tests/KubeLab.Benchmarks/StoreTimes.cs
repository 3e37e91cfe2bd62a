using System.Diagnostics;
using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Benchmarks;

/// <summary>What writes and reads of the whole store cost in real time, by the number of its members. <c>-- store</c></summary>
internal static class StoreTimes
{
    public static void Run(int writes)
    {
        Console.WriteLine("| Members | Asked | Writes per second | per second of CPU | Reads per second of CPU | median latency, simulated |\n|---:|---|---:|---:|---:|---:|");
        foreach (var members in new[] { 1, 3, 5 })
        {
            Load(members, atLeader: true, writes / 10);
            Console.WriteLine(Load(members, atLeader: true, writes));
            if (members > 1)
            {
                Console.WriteLine(Load(members, atLeader: false, writes));
            }
        }
    }

    private static string Load(int members, bool atLeader, int writes)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var cluster = new EtcdCluster(clock, new Randomness(1));
        cluster.Bootstrap([.. Enumerable.Range(1, members).Select(i => $"master-{i}")]);
        var etcd = cluster.Members().Select(m => cluster.Member(m.Name)).First(m => m.IsLeader == atLeader);
        var keys = Enumerable.Range(0, 10_000).Select(i => $"/registry/configmaps/default/{i}").ToArray();
        var revisions = new long[keys.Length];
        var value = new ConfigMap { Metadata = new() { Name = "x" } };
        var latencies = new double[writes];
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < writes; i++)
        {
            var at = i % keys.Length;
            revisions[at] = etcd.Commit(new Txn(keys[at], revisions[at], value)).Revision;
            latencies[i] = etcd.LastLatency.TotalMilliseconds;
            if (i % 100 == 0)
            {
                clock.RunFor(TimeSpan.FromMilliseconds(10));
            }
        }

        var (wall, used) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < writes; i++)
        {
            etcd.Get(keys[i % keys.Length]);
        }

        var read = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Array.Sort(latencies);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {members} | {(atLeader ? "leader" : "follower")} | {writes / wall:N0} | {writes / used:N0} | {writes / read:N0} | {latencies[writes / 2]:0.0} ms |");
    }
}
