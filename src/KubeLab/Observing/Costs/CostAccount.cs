namespace KubeLab.Observing.Costs;

/// <summary>For whom and what money is spent on a pool's nodes.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Share">What for.</param>
/// <param name="Namespace">The namespace; empty where no pod is meant.</param>
/// <param name="Workload">The workload; empty where no pod is meant.</param>
/// <param name="Detail">What else tells it apart, for example the resource that is short.</param>
internal readonly record struct CostKey(string Pool, CostShare Share, string Namespace = "", string Workload = "", string Detail = "");

/// <summary>Money that is spent at a rate, which changes from time to time.</summary>
internal sealed class CostAccount
{
    private double spent;
    private double rate;
    private DateTimeOffset since;

    /// <summary>The rate per hour.</summary>
    public double Rate => rate;

    /// <summary>What has been spent up to an instant that is not before the last change.</summary>
    public double At(DateTimeOffset now) => spent + (rate * (now - since).TotalHours);

    /// <summary>From now on more is spent per hour, or less.</summary>
    public void Add(double change, DateTimeOffset now)
    {
        spent = At(now);
        since = now;

        // What was added and taken away again leaves a trace in the last digits, which would grow for ever.
        rate = Math.Abs(rate + change) < 1e-12 ? 0 : rate + change;
    }
}
