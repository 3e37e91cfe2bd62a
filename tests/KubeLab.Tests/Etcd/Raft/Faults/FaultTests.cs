using System.Globalization;
using KubeLab.Etcd.Raft;
using Xunit.Abstractions;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>Random faults on three and five members: the paper's properties after every step, and what clients saw.</summary>
/// <remarks><c>LAB_LONG=1</c> runs 10,000 seeds; <c>LAB_RAFT=seed</c> repeats one and tells its story.</remarks>
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Environment.GetEnvironmentVariable("LAB_LONG") == "1" ? 10_000 : 300;

    public static TheoryData<string, int> PlantedBugs => new()
    {
        { nameof(RaftBug.VoteCountedTwice), 600 },
        { nameof(RaftBug.OldTermCommitted), 600 },
        { nameof(RaftBug.VoteForgotten), 600 },
        { nameof(RaftBug.ReadUnconfirmed), 200 },
        { nameof(RaftBug.AcknowledgedBeforeDisk), 200 },
    };

    [Fact]
    public void No_seed_breaks_a_property()
    {
        if (Environment.GetEnvironmentVariable("LAB_RAFT") is { Length: > 0 } only)
        {
            var run = new FaultRun(long.Parse(only, CultureInfo.InvariantCulture));
            var violation = run.FindViolation();
            output.WriteLine(run.Story);
            Assert.Null(violation);
            return;
        }

        long looks = 0, terms = 0, operations = 0, commits = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var run = new FaultRun(seed);
            if (run.FindViolation() is { } violation)
            {
                Assert.Fail($"LAB_RAFT={seed}: {violation}\n{run.Story}");
            }

            looks += run.Watch.Looks;
            terms += run.Watch.Terms;
            commits += run.Watch.Committed;
            operations += run.History.Operations.Count;
        }

        output.WriteLine($"{Seeds} seeds, {looks} steps looked at, {terms} leaders, {commits} entries committed, {operations} operations of clients");

        // The schedules do what they are for: leaders fall, and clients get through nevertheless.
        Assert.True(terms > 3 * Seeds, $"only {terms} leaders in {Seeds} runs");
        Assert.True(operations > 200L * Seeds, $"only {operations} operations in {Seeds} runs");
    }

    [Theory]
    [MemberData(nameof(PlantedBugs))]
    public void A_planted_bug_is_found(string bug, int seedsMax)
    {
        for (var seed = 1; seed <= seedsMax; seed++)
        {
            // A group that only comes to rest late has broken no promise.
            var run = new FaultRun(seed, Enum.Parse<RaftBug>(bug));
            if (run.FindViolation() is { } violation && !violation.Contains("after the last fault", StringComparison.Ordinal))
            {
                output.WriteLine($"{bug}: seed {seed}: {violation.Split('\n')[0]}");
                return;
            }
        }

        Assert.Fail($"{bug} was not found by {seedsMax} seeds");
    }

    [Fact]
    public void A_seed_repeats_its_run()
    {
        var (one, other) = (new FaultRun(7), new FaultRun(7));
        Assert.Equal((one.FindViolation(), one.Story, one.Watch.Looks), (other.FindViolation(), other.Story, other.Watch.Looks));
    }
}
