using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Costs;

/// <summary>One job on a machine that may be taken back at any time: how long it takes and what it costs, on average.</summary>
/// <remarks>
/// A machine is taken back after an exponentially distributed time, counted from when it begins to run. What was done since the last checkpoint is lost, another machine is waited for, boots, and does it
/// again. Formulas: J. T. Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps" (2006), with the boot as the restart.
/// </remarks>
public sealed record SpotJob
{
    /// <summary>How long the job would run undisturbed.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>How often its machine is taken back, on average per hour.</summary>
    public required double PreemptionsPerHour { get; init; }

    /// <summary>How much work lies between two checkpoints; null when there are none and the job begins anew each time.</summary>
    public TimeSpan? CheckpointEvery { get; init; }

    /// <summary>How long it takes to write a checkpoint.</summary>
    public TimeSpan CheckpointTime { get; init; }

    /// <summary>How long a machine boots: it is paid for and at risk, and does nothing yet.</summary>
    public TimeSpan Boot { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a machine is waited for: it is not paid for yet.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>The work between checkpoints that loses least time, by Young's rule: √(2c/λ).</summary>
    /// <param name="checkpointTime">How long a checkpoint takes, c.</param>
    /// <param name="preemptionsPerHour">How often machines are taken back, λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is ever taken back, so that no checkpoint is worth its time.</exception>
    public static TimeSpan BestCheckpoint(TimeSpan checkpointTime, double preemptionsPerHour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(preemptionsPerHour);
        ArgumentOutOfRangeException.ThrowIfLessThan(checkpointTime, TimeSpan.Zero);
        return TimeSpan.FromHours(Math.Sqrt(2 * checkpointTime.TotalHours / preemptionsPerHour));
    }

    /// <summary>The same job with checkpoints as <see cref="BestCheckpoint"/> says; without any where a job is over before the first.</summary>
    public SpotJob WithBestCheckpoints(TimeSpan checkpointTime)
    {
        var every = PreemptionsPerHour > 0 ? BestCheckpoint(checkpointTime, PreemptionsPerHour) : Length;
        return this with { CheckpointTime = checkpointTime, CheckpointEvery = every > TimeSpan.Zero && every < Length ? every : null };
    }

    /// <summary>What comes of it on average.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time or the rate is negative, or the work between checkpoints is nothing.</exception>
    public SpotOutcome Expected()
    {
        Check();
        var (rate, boot) = (PreemptionsPerHour, Boot.TotalHours);
        var restart = Math.Exp(rate * boot);

        // Machine time at risk: the first boot, and each stretch of work with its checkpoint until it succeeds once, each new attempt behind a boot of its own.
        var atRisk = Until(boot) + (restart * Stretches().Sum(s => s.Count * Until(s.Hours)));
        var preemptions = rate * atRisk;
        var machine = atRisk + (preemptions * CloudProvider.PreemptionNotice.TotalHours);
        return new(machine + ((1 + preemptions) * Wait.TotalHours), machine, preemptions, machine - boot - Length.TotalHours);

        // (e^(rate t) - 1) / rate, which is t when nothing is ever taken back.
        double Until(double hours) => rate == 0 ? hours : double.ExpM1(rate * hours) / rate;
    }

    /// <summary>Plays the job many times on simulated machines.</summary>
    /// <param name="runs">How often.</param>
    /// <param name="seed">Decides when machines are taken back.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time or the rate is negative, or there are fewer than two runs.</exception>
    public SpotEstimate Simulate(int runs = 1000, long seed = 1)
    {
        Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 2);
        return SpotSimulation.Run(this, runs, seed);
    }

    /// <summary>How often machines may be taken back until Spot costs as much as machines at the full price, per hour.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="machine">The machine type, for example <c>e2-standard-4</c>.</param>
    /// <exception cref="ArgumentException">The type has no Spot price here.</exception>
    public double BreakEven(PriceBook prices, string machine)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var ratio = (double)(prices.Machine(machine).PerHour.Amount / prices.Machine(machine, spot: true).PerHour.Amount);
        var limit = (Length + Boot).TotalHours * ratio;
        var (low, high) = (0.0, 1.0);
        while ((this with { PreemptionsPerHour = high }).Expected().MachineHours < limit)
        {
            high *= 2;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = (this with { PreemptionsPerHour = middle }).Expected().MachineHours < limit ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Time and money by how often machines are taken back: at the full price, on Spot from the beginning each time, and on Spot with the best checkpoints.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="machine">The machine type.</param>
    /// <param name="checkpointTime">How long a checkpoint takes.</param>
    /// <param name="rates">How often machines are taken back, per hour; null for a row from rarely to often.</param>
    public SpotJobTable Table(PriceBook prices, string machine, TimeSpan checkpointTime, params IReadOnlyList<double>? rates)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return new(this, prices, machine, checkpointTime, rates is { Count: > 0 } ? rates : [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5]);
    }

    /// <summary>The stretches of work that must succeed in one go, in hours with their checkpoint, and how many there are of each.</summary>
    internal IReadOnlyList<(double Hours, long Count)> Stretches()
    {
        if (CheckpointEvery is not { } every || every >= Length)
        {
            return [(Length.TotalHours, 1)];
        }

        // The last stretch ends the job and needs no checkpoint.
        var whole = (long)Math.Ceiling(Length / every) - 1;
        return [((every + CheckpointTime).TotalHours, whole), ((Length - (every * whole)).TotalHours, 1)];
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(PreemptionsPerHour);
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Boot, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CheckpointEvery ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(CheckpointEvery));
    }
}
