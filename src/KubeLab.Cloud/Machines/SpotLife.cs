using KubeLab.Simulation;

namespace KubeLab.Cloud.Machines;

/// <summary>How long one Spot machine lives: it is taken back at random, at a rate that may change meanwhile.</summary>
/// <remarks>
/// Each machine draws once how much risk it survives, from the exponential distribution with mean 1, and uses it up at the rate that holds while it runs. So the same machine of the same seed is lucky
/// or unlucky alike at every rate and under every policy: runs are compared with common random numbers.
/// </remarks>
internal sealed class SpotLife(VirtualClock clock, Randomness chance, Action over)
{
    // What lies further ahead than anybody simulates needs no event.
    private const double HoursMax = 1_000_000;

    private double left = chance.Exponential(1);
    private double rate;
    private DateTimeOffset since;
    private Scheduled? end;

    /// <summary>It runs from now on, with so many preemptions per hour on average.</summary>
    public void Run(double perHour)
    {
        Pause();
        (rate, since) = (perHour, clock.Now);
        if (left < perHour * HoursMax)
        {
            end = clock.After(TimeSpan.FromHours(left / perHour), over);
        }
    }

    /// <summary>It does not run, and is not at risk.</summary>
    public void Pause()
    {
        end?.Cancel();
        end = null;
        left = Math.Max(0, left - (rate * (clock.Now - since).TotalHours));
        rate = 0;
    }
}
