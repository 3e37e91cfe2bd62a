namespace KubeLab.Nodes.Serving;

/// <summary>Answers of several servers together, each with its share of them.</summary>
public static class ResponseMix
{
    private const int Halvings = 50;

    /// <summary>The time within which <paramref name="share"/> of all answers come, in seconds; <see cref="double.NaN"/> when there are none.</summary>
    /// <param name="parts">How many answers per second take how long.</param>
    /// <param name="share">For example 0.95 for the 95th percentile.</param>
    public static double Quantile(IReadOnlyList<(double Weight, ResponseTime Time)> parts, double share)
    {
        ArgumentNullException.ThrowIfNull(parts);
        double weight = 0, low = double.PositiveInfinity, high = 0;
        foreach (var part in parts)
        {
            if (part.Weight > 0)
            {
                weight += part.Weight;
                var own = part.Time.Quantile(share);
                (low, high) = (Math.Min(low, own), Math.Max(high, own));
            }
        }

        if (weight <= 0)
        {
            return double.NaN;
        }

        // The mixture's quantile lies between the least and the greatest of its parts.
        for (var i = 0; i < Halvings && high - low > 1e-9; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Exceeds(parts, middle) / weight > 1 - share ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double Exceeds(IReadOnlyList<(double Weight, ResponseTime Time)> parts, double seconds)
    {
        double sum = 0;
        foreach (var (weight, time) in parts)
        {
            sum += weight > 0 ? weight * time.Exceeds(seconds) : 0;
        }

        return sum;
    }
}
