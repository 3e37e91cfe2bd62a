using System.Globalization;
using Xunit.Abstractions;

namespace KubeLab.Tests.Etcd.Replicated;

/// <summary>How long a client of three members, with etcd's defaults, waits for its next acknowledged write when the leader is killed under load.</summary>
public sealed class LeaderLossTests(ITestOutputHelper output)
{
    private const int Kills = 200;

    [Fact]
    public void A_client_writes_again_after_one_to_two_seconds()
    {
        var waits = Enumerable.Range(1, Kills).Select(Kill).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"next acknowledged write: min {waits[0]:0.00} s, quartiles {waits[Kills / 4]:0.00} {waits[Kills / 2]:0.00} {waits[Kills * 3 / 4]:0.00}, 95 % {waits[Kills * 95 / 100]:0.00}, max {waits[^1]:0.00}"));
        Assert.InRange(waits[0], 0.75, 1.3);
        Assert.InRange(waits[Kills / 2], 1.05, 1.6);
        Assert.InRange(waits[Kills * 95 / 100], 1.5, 2.5);
    }

    /// <summary>A client that writes every 20 ms at a survivor, and tries again when it is refused.</summary>
    private static double Kill(int seed)
    {
        var f = new EtcdFixture(3, seed: seed);
        f.Etcd = f.Follower();
        for (var i = 0; i < 50; i++)
        {
            f.Put("/registry/a/x", $"{i}");
            f.Run(0.02);
        }

        f.Run(seed * 0.0137 % 0.1);
        f.Cluster.Crash(f.Leader.Name);
        var killed = f.Clock.Now;
        for (var i = 0; i < 500; i++)
        {
            if (f.Etcd.IsReady)
            {
                f.Put("/registry/a/x", "after");
                return (f.Clock.Now + f.Etcd.LastLatency - killed).TotalSeconds;
            }

            f.Run(0.02);
        }

        throw new InvalidOperationException("no leader within 10 s");
    }
}
