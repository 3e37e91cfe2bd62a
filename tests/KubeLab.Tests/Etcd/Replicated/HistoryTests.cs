using System.Globalization;
using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using Xunit.Abstractions;

namespace KubeLab.Tests.Etcd.Replicated;

/// <summary>Random requests and faults on stores of one, three and five members.</summary>
/// <remarks><c>LAB_LONG=1</c> runs 5,000 seeds each; <c>LAB_ETCD=members:seed</c> repeats one and tells its story.</remarks>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Environment.GetEnvironmentVariable("LAB_LONG") == "1" ? 5_000 : 200;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Nothing_acknowledged_is_lost_nothing_is_written_twice_and_all_is_linearizable(int members)
    {
        if (Environment.GetEnvironmentVariable("LAB_ETCD")?.Split(':') is [var count, var only])
        {
            if (int.Parse(count, CultureInfo.InvariantCulture) == members)
            {
                var run = new HistoryRun(long.Parse(only, CultureInfo.InvariantCulture), members);
                var violation = run.FindViolation();
                output.WriteLine(run.Story);
                Assert.Null(violation);
            }

            return;
        }

        int acknowledged = 0, unknown = 0, refused = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var run = new HistoryRun(seed, members);
            if (run.FindViolation() is { } violation)
            {
                Assert.Fail($"LAB_ETCD={members}:{seed}: {violation}\n{run.Story}");
            }

            acknowledged += run.Acknowledged;
            unknown += run.Unknown;
            refused += run.Refused;
        }

        output.WriteLine($"{Seeds} seeds of {members}: {acknowledged} writes acknowledged, {unknown} failed, {refused} reads refused");
        Assert.True(acknowledged > 15 * Seeds, $"only {acknowledged} writes");
        Assert.True(unknown > Seeds && refused > Seeds, $"only {unknown} writes and {refused} reads met a fault");
    }

    [Theory]
    [InlineData(nameof(RaftBug.AcknowledgedBeforeDisk))]
    public void A_planted_bug_is_found(string bug)
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            try
            {
                if (new HistoryRun(seed, 3, Enum.Parse<RaftBug>(bug)).FindViolation() is { } violation)
                {
                    output.WriteLine($"{bug}: seed {seed}: {violation.Split('\n')[0]}");
                    return;
                }
            }
            catch (InvariantException broken)
            {
                output.WriteLine($"{bug}: seed {seed}: {broken.Message}");
                return;
            }
        }

        Assert.Fail($"{bug} was not found");
    }

    [Fact]
    public void A_seed_repeats_its_run()
    {
        var (one, other) = (new HistoryRun(7, 3), new HistoryRun(7, 3));
        Assert.Equal((one.FindViolation(), one.Story), (other.FindViolation(), other.Story));
    }
}
