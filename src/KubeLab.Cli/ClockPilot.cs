using System.Globalization;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Lets a served cluster's time pass, at a speed that can be changed meanwhile from any thread.</summary>
internal sealed class ClockPilot(SimulatedCluster cluster, double speed)
{
    private const double SpeedMax = 1_000_000;
    private static readonly double[] Steps = [1, 2, 5];
    private readonly Lock changing = new();
    private CancellationTokenSource? round;
    private double speed = speed == 0 ? 1 : speed;
    private bool isPaused = speed == 0;
    private int ahead;

    /// <summary>The speed in words.</summary>
    public string Text => Volatile.Read(ref ahead) > 0 ? "ahead" : isPaused ? "paused" : double.IsPositiveInfinity(speed)
        ? "as fast as possible"
        : string.Create(CultureInfo.InvariantCulture, $"{speed:0.##}x");

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

    /// <summary>The next speed of 1, 2, 5, 10, 20, …; also goes on when paused.</summary>
    public void Faster() => Change(() => (speed, isPaused) = (Next(speed), false));

    /// <summary>The speed before it.</summary>
    public void Slower() => Change(() => (speed, isPaused) = (Before(speed), false));

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
