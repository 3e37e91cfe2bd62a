using System.Globalization;
using KubeLab.Simulated;

namespace KubeLab.Http.Time;

/// <summary>Lets a cluster's time pass while it is looked at from outside, at a speed that can be changed meanwhile from any thread.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="speed">Simulated seconds per real second; 0 begins paused.</param>
public sealed class ClockPilot(SimulatedCluster cluster, double speed)
{
    /// <summary>The largest speed that is asked for by number.</summary>
    public const double SpeedMax = 1_000_000;

    private static readonly double[] Steps = [1, 2, 5];
    private readonly Lock changing = new();
    private CancellationTokenSource? round;
    private double speed = speed == 0 ? 1 : speed;
    private bool isPaused = speed == 0;
    private int ahead;

    /// <summary>The speed in words.</summary>
    public string Text => IsAhead ? "ahead" : isPaused ? "paused" : double.IsPositiveInfinity(speed)
        ? "as fast as possible"
        : string.Create(CultureInfo.InvariantCulture, $"{speed:0.##}x");

    /// <summary>Whether time stands still.</summary>
    public bool IsPaused => isPaused;

    /// <summary>Whether time runs as fast as it can up to an instant that was asked for.</summary>
    public bool IsAhead => Volatile.Read(ref ahead) > 0;

    /// <summary>Simulated seconds per real second, also while it is paused.</summary>
    public double Speed => speed;

    /// <summary>Runs the clock until <paramref name="cancellation"/>.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            double now;
            lock (changing)
            {
                round = own;
                now = isPaused ? 0 : speed;
            }

            cluster.Clock.Follow(now, null, own.Token);
            lock (changing)
            {
                round = null;
            }
        }
    }

    /// <summary>Pauses, or goes on.</summary>
    public void TogglePause() => Change(() => isPaused = !isPaused);

    /// <summary>Time stands still from now on.</summary>
    public void Pause() => Change(() => isPaused = true);

    /// <summary>Time goes on.</summary>
    public void Play() => Change(() => isPaused = false);

    /// <summary>Time goes on at <paramref name="wanted"/> simulated seconds per real second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0.01 and <see cref="SpeedMax"/>.</exception>
    public void PlayAt(double wanted)
    {
        if (wanted is not (>= 0.01 and <= SpeedMax))
        {
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted, string.Create(CultureInfo.InvariantCulture, $"speed must be a number from 0.01 to {SpeedMax:0}"));
        }

        Change(() => (speed, isPaused) = (wanted, false));
    }

    /// <summary>The next speed of 1, 2, 5, 10, 20, …; also goes on when paused.</summary>
    public void Faster() => Change(() => (speed, isPaused) = (Next(speed), false));

    /// <summary>The speed before it.</summary>
    public void Slower() => Change(() => (speed, isPaused) = (Before(speed), false));

    /// <summary>The next event runs, whenever it is due, and those that are due with it.</summary>
    public void Step() => cluster.Clock.Post(() =>
    {
        if (cluster.Clock.NextDue is { } due)
        {
            cluster.Clock.RunFor(due > cluster.Now ? due - cluster.Now : TimeSpan.Zero);
        }
    });

    /// <summary>Lets <paramref name="span"/> pass as fast as possible; requests are answered meanwhile.</summary>
    public void Ahead(TimeSpan span, CancellationToken cancellation)
    {
        Interlocked.Increment(ref ahead);
        cluster.Clock.Post(() =>
        {
            cluster.Clock.RunUntil(() => cancellation.IsCancellationRequested, span);
            Interlocked.Decrement(ref ahead);
        });
    }

    /// <summary>The next larger of the round speeds.</summary>
    internal static double Next(double speed) => Rounds().FirstOrDefault(r => r > speed, SpeedMax);

    /// <summary>The next smaller of the round speeds.</summary>
    internal static double Before(double speed) => Rounds().LastOrDefault(r => r < speed, Rounds().First());

    private static IEnumerable<double> Rounds() =>
        Enumerable.Range(-1, 7).SelectMany(power => Steps.Select(s => s * Math.Pow(10, power))).Append(SpeedMax);

    private void Change(Action change)
    {
        lock (changing)
        {
            change();
            round?.Cancel();
        }
    }
}
