using FsCheck.Fluent;
using KubeLab.Cloud.Prices;
using KubeLab.Costs;

namespace KubeLab.Tests.Costs;

public sealed class SpotJobTests
{
    // Rows: length and rate; without boot, wait and notice the time is (e^(λL) - 1)/λ.
    [Theory]
    [InlineData(5.7, 0.1)]
    [InlineData(5.7, 0.01)]
    [InlineData(1, 1)]
    [InlineData(24, 0.2)]
    public void From_the_beginning_each_time_costs_e_to_the_rate_times_length(double hours, double rate)
    {
        var outcome = Bare(hours, rate).Expected();
        var exposed = (Math.Exp(rate * hours) - 1) / rate;
        Assert.Equal(rate * exposed, outcome.Preemptions, 6);
        Assert.Equal(exposed + (outcome.Preemptions * 30 / 3600), outcome.MachineHours, 6);
    }

    [Fact]
    public void Without_preemptions_only_the_boot_is_added()
    {
        var outcome = new SpotJob { Length = TimeSpan.FromHours(5.7), PreemptionsPerHour = 0 }.Expected();
        Assert.Equal(5.7 + (40 / 3600.0), outcome.MachineHours, 9);
        Assert.Equal(5.7 + (90 / 3600.0), outcome.ElapsedHours, 9);
        Assert.Equal(0, outcome.LostHours, 9);
    }

    // Young (1974): √(2 c / λ); 60 s of checkpoint and one failure in 24 h give 3.46 h / 2 = 0.894 h.
    [Theory]
    [InlineData(60, 1 / 24.0, 0.8944)]
    [InlineData(30, 0.1, 0.4082)]
    [InlineData(300, 0.5, 0.5774)]
    public void The_best_interval_is_youngs(int seconds, double rate, double hours) =>
        Assert.Equal(hours, SpotJob.BestCheckpoint(TimeSpan.FromSeconds(seconds), rate).TotalHours, 4);

    [Theory]
    [InlineData(5.7, 0.1)]
    [InlineData(5.7, 0.5)]
    [InlineData(24, 0.05)]
    public void Youngs_interval_is_nearly_as_good_as_the_best_of_all(double hours, double rate)
    {
        var cost = TimeSpan.FromSeconds(60);
        var job = Bare(hours, rate);
        var young = job.WithBestCheckpoints(cost).Expected().MachineHours;
        var best = Enumerable.Range(1, 200).Min(n => (job with { CheckpointTime = cost, CheckpointEvery = TimeSpan.FromHours(hours / n) }).Expected().MachineHours);
        Assert.InRange(young, best - 1e-9, best * 1.01);
    }

    [Theory]
    [InlineData(5.7, 0.1, null)]
    [InlineData(5.7, 0.3, null)]
    [InlineData(5.7, 0.3, 0.5)]
    [InlineData(3, 1.0, 0.25)]
    public void The_formulas_agree_with_played_runs_on_simulated_machines(double hours, double rate, double? checkpoint)
    {
        var job = new SpotJob
        {
            Length = TimeSpan.FromHours(hours),
            PreemptionsPerHour = rate,
            CheckpointEvery = checkpoint is { } every ? TimeSpan.FromHours(every) : null,
            CheckpointTime = TimeSpan.FromSeconds(60),
            Boot = TimeSpan.FromMinutes(4),
            Wait = TimeSpan.FromMinutes(6),
        };
        var expected = job.Expected();
        var played = job.Simulate(runs: 1500, seed: 11);

        Near(expected.ElapsedHours, played.Mean.ElapsedHours, played.Error.ElapsedHours);
        Near(expected.MachineHours, played.Mean.MachineHours, played.Error.MachineHours);
        Near(expected.Preemptions, played.Mean.Preemptions, played.Error.Preemptions);

        // Four standard errors: one of ten thousand such tests would fail by chance; the seed is fixed.
        static void Near(double expected, double mean, double error)
        {
            Assert.True(error > 0 && error < expected / 10);
            Assert.InRange(mean, expected - (4 * error), expected + (4 * error));
        }
    }

    [Fact]
    public void More_preemptions_never_make_a_job_cheaper_and_it_never_takes_less_than_its_length() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll<byte, byte, byte>(NeverCheaper));

    private static void NeverCheaper(byte length, byte rate, byte more)
    {
        var job = Bare(1 + (length % 24), rate / 200.0);
        var outcome = job.Expected();
        Assert.True(outcome.MachineHours >= job.Length.TotalHours - 1e-9);
        Assert.True((job with { PreemptionsPerHour = job.PreemptionsPerHour + (more / 200.0) }).Expected().MachineHours >= outcome.MachineHours - 1e-9);
    }

    [Fact]
    public void At_the_break_even_rate_spot_costs_as_much_as_the_full_price()
    {
        var prices = PriceBook.Load();
        var job = new SpotJob { Length = TimeSpan.FromHours(5.7), PreemptionsPerHour = 0 };
        var rate = job.BreakEven(prices, "e2-standard-4");
        var cost = (job with { PreemptionsPerHour = rate }).Expected().Cost(prices.Machine("e2-standard-4", spot: true).PerHour);
        var full = (job.Length + job.Boot).TotalHours * (double)prices.Machine("e2-standard-4").PerHour.Amount;
        Assert.Equal(full, cost, 6);

        // Without checkpoints, a job twice as long loses the discount at less than half the rate... and with them hardly ever.
        Assert.True((job with { Length = job.Length * 2 }).BreakEven(prices, "e2-standard-4") < rate * 0.55);
        Assert.True((job with { CheckpointEvery = TimeSpan.FromMinutes(20), CheckpointTime = TimeSpan.FromSeconds(30) }).BreakEven(prices, "e2-standard-4") > rate * 5);
    }

    [Fact]
    public void The_table_shows_where_the_discount_is_lost()
    {
        var table = new SpotJob { Length = TimeSpan.FromHours(5.7), PreemptionsPerHour = 0 }.Table(PriceBook.Load(), "e2-standard-4", TimeSpan.FromSeconds(60));
        Assert.True(table.Rows[0].AnewCost < table.FullPriceCost * 0.51);
        Assert.True(table.Rows[^1].AnewCost > table.FullPriceCost);
        Assert.True(table.Rows[^1].SavedCost < table.FullPriceCost * 0.8);
        Assert.StartsWith("5.7 h on e2-standard-4 in europe-west4: 0.843 USD at the full price; Spot costs 50.1 % of it per hour\ntaken back per hour", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_time_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => (Bare(1, 1) with { CheckpointEvery = TimeSpan.Zero }).Expected());
        Assert.Throws<ArgumentOutOfRangeException>(() => Bare(-1, 1).Expected());
        Assert.Throws<ArgumentOutOfRangeException>(() => Bare(1, -1).Expected());
        Assert.Throws<ArgumentOutOfRangeException>(() => SpotJob.BestCheckpoint(TimeSpan.FromSeconds(1), 0));
    }

    private static SpotJob Bare(double hours, double rate) => new() { Length = TimeSpan.FromHours(hours), PreemptionsPerHour = rate, Boot = TimeSpan.Zero, Wait = TimeSpan.Zero };
}
