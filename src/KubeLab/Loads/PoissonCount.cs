using KubeLab.Simulation;

namespace KubeLab.Loads;

/// <summary>How many of many independent things happen.</summary>
internal static class PoissonCount
{
    // Beyond this the normal distribution cannot be told from the exact one by looking.
    private const double ExactMax = 50;

    /// <summary>A draw from the Poisson distribution with this mean.</summary>
    /// <remarks>Small means by inversion, adding up probabilities; great ones by the normal distribution with the same mean and variance.</remarks>
    public static double Draw(double mean, Randomness chance)
    {
        if (mean > ExactMax)
        {
            return Math.Max(Math.Round(chance.Normal(mean, Math.Sqrt(mean))), 0);
        }

        var draw = chance.NextDouble();
        var (count, probability) = (0, Math.Exp(-mean));
        var sum = probability;
        while (draw >= sum && probability > 0)
        {
            count++;
            probability *= mean / count;
            sum += probability;
        }

        return count;
    }
}
