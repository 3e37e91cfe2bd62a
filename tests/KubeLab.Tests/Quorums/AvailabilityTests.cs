using FsCheck;
using FsCheck.Fluent;
using KubeLab.Quorums;
using Xunit.Abstractions;

namespace KubeLab.Tests.Quorums;

public sealed class AvailabilityTests(ITestOutputHelper output)
{
    /// <summary>The figures that the course quotes, to their digits.</summary>
    [Theory]
    [InlineData(1, 87.6, 0.05)]
    [InlineData(2, 174.3, 0.05)]
    [InlineData(3, 2.6, 0.05)]
    [InlineData(4, 5.2, 0.05)]
    [InlineData(5, 0.09, 0.005)]
    public void Hours_down_a_year_with_machines_of_99_per_cent(int members, double hours, double tolerance) =>
        Assert.InRange(Availability.OfMajority(members, 0.99).HoursDownPerYear, hours - tolerance, hours + tolerance);

    /// <summary>By listing every combination of machines that are up and down.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void The_formula_agrees_with_counting_every_case(double machine)
    {
        for (var members = 1; members <= 9; members++)
        {
            double down = 0;
            for (var which = 0; which < 1 << members; which++)
            {
                var up = int.PopCount(which);
                down += up < (members / 2) + 1 ? Math.Pow(machine, up) * Math.Pow(1 - machine, members - up) : 0;
            }

            Assert.Equal(1, Availability.OfMajority(members, machine).ShareDown / down, 9);
        }
    }

    [Fact]
    public void An_even_number_is_never_better_than_the_odd_one_below() => Prop.ForAll<byte, ushort>((half, share) =>
    {
        var (odd, machine) = ((2 * (half % 20)) + 1, (share + 1) / 65537.0);
        var (one, more) = (Availability.OfMajority(odd, machine), Availability.OfMajority(odd + 1, machine));
        return more.ShareDown >= one.ShareDown * (1 - 1e-12) && more.Tolerated == one.Tolerated;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_more_help_when_machines_are_mostly_up_and_harm_when_they_are_mostly_down() => Prop.ForAll<byte, ushort>((half, share) =>
    {
        var (odd, machine) = ((2 * (half % 20)) + 1, (share + 1) / 65537.0);
        var (one, more) = (Availability.OfMajority(odd, machine).ShareDown, Availability.OfMajority(odd + 2, machine).ShareDown);
        return machine > 0.5 ? more <= one * (1 + 1e-12) : more >= one * (1 - 1e-12);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Machines_that_always_or_never_work_decide_alone(double machine, double down) =>
        Assert.All(Enumerable.Range(1, 9), n => Assert.Equal(down, Availability.OfMajority(n, machine).ShareDown));

    [Fact]
    public void Shares_that_are_percentages_are_refused_with_a_hint()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Availability.OfMajority(3, 99));
        Assert.Contains("write 0.99 for 99 %", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Availability.OfMajority(0, 0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Availability.Simulate(3, 1));
    }

    [Theory]
    [InlineData(1, 0.99)]
    [InlineData(2, 0.99)]
    [InlineData(3, 0.99)]
    [InlineData(4, 0.99)]
    [InlineData(5, 0.99)]
    [InlineData(3, 0.5)]
    [InlineData(7, 0.9)]
    [InlineData(9, 0.8)]
    [InlineData(4, 0.2)]
    public void Machines_that_fail_at_random_agree_with_the_formula(int members, double machine)
    {
        var (computed, simulated) = (Availability.OfMajority(members, machine), Availability.Simulate(members, machine, precision: 0.03, seed: 7));
        output.WriteLine($"{simulated}; computed {computed.HoursDownPerYear:0.####}");
        Assert.True(simulated.Error <= 0.0301 * simulated.ShareDown, "the wished precision is reached");
        Assert.InRange((simulated.ShareDown - computed.ShareDown) / simulated.Error, -4, 4);
    }

    /// <summary>A standard error that is too small or too large would show over many seeds.</summary>
    [Fact]
    public void The_standard_error_is_as_large_as_the_scatter_over_seeds()
    {
        var truth = Availability.OfMajority(3, 0.95).ShareDown;
        var z = Enumerable.Range(1, 200).Select(seed => Availability.Simulate(3, 0.95, precision: 0.1, seed: seed)).Select(s => (s.ShareDown - truth) / s.Error).ToList();
        Assert.InRange(Math.Sqrt(z.Average(v => v * v)), 0.8, 1.25);
        Assert.InRange(z.Average(), -0.35, 0.35);
    }

    [Fact]
    public void How_long_repairs_take_does_not_matter_to_the_share()
    {
        var quick = Availability.Simulate(3, 0.98, precision: 0.02, meanRepair: TimeSpan.FromMinutes(10), seed: 1);
        var slow = Availability.Simulate(3, 0.98, precision: 0.02, meanRepair: TimeSpan.FromHours(48), seed: 2);
        Assert.InRange(quick.ShareDown / slow.ShareDown, 0.9, 1.1);
        Assert.True(quick.Years < slow.Years / 100, "quick repairs mean frequent failures");
    }

    [Fact]
    public void Too_few_outages_to_tell_are_told_as_such()
    {
        var run = Availability.Simulate(9, 0.999, yearsMax: 100);
        Assert.True(double.IsNaN(run.Error));
    }

    [Fact]
    public void The_same_seed_gives_the_same_years() => Assert.Equal(Availability.Simulate(3, 0.9, seed: 3), Availability.Simulate(3, 0.9, seed: 3));

    /// <summary>The members' votes, disks and messages: a write is committed exactly while a majority is up, but for elections.</summary>
    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(2, 0.9)]
    [InlineData(3, 0.9)]
    [InlineData(5, 0.8)]
    public void A_voting_group_commits_exactly_while_a_majority_is_up_but_for_elections(int members, double machine)
    {
        var run = Availability.SimulateGroup(members, machine, TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), seed: 5);
        output.WriteLine(run.ToString());

        // What was under way when the majority was lost may still be committed: a message and a disk.
        Assert.InRange(run.LatestCommitAfterLoss.TotalMilliseconds, 0, 50);
        Assert.InRange(run.ShareOfElections, -0.0005, 0.04);
        Assert.True(run.Commits > 0.85 * (1 - run.ShareWithoutCommit) * run.Span.TotalSeconds / 0.1);
        if (members > 2)
        {
            Assert.True(run.Pauses > 5);
            Assert.InRange(run.MeanPause.TotalSeconds, 0.8, 2.5);
        }

        // As many seconds as machines of this kind would be without a majority, within what an hour can tell: outages last 15 s and come a few dozen times, or a few times.
        var expected = Availability.OfMajority(members, machine).ShareDown;
        Assert.InRange(run.ShareWithoutMajority, expected * 0.3, expected * 2);
    }

    [Fact]
    public void A_table_shows_computed_beside_simulated_hours()
    {
        var table = Availability.Table(0.99, 3).WithSimulation(precision: 0.1);
        output.WriteLine(table.ToString());
        Assert.StartsWith("machines available 99 % of the time, failing independently\nmasters  majority  may fail", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("87.6", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("174", table.ToString(), StringComparison.Ordinal);
        Assert.Equal(5, table.ToString().Split('\n').Length);
        Assert.Equal(2, table.Chart().Traces.Count);
    }
}
