namespace KubeLab.Quorums;

/// <summary>A ratio of two sums over independent cycles, and its standard error.</summary>
internal sealed class RatioEstimate
{
    private double sumOf;
    private double sumIn;
    private double squaresOf;
    private double squaresIn;
    private double products;

    /// <summary>How many cycles.</summary>
    public long Count { get; private set; }

    /// <summary>The ratio.</summary>
    public double Ratio => sumIn == 0 ? 0 : sumOf / sumIn;

    /// <summary>The standard error of the ratio (delta method).</summary>
    public double Error
    {
        get
        {
            if (Count < 2)
            {
                return double.NaN;
            }

            var r = Ratio;
            var scatter = Math.Max(0, squaresOf - (2 * r * products) + (r * r * squaresIn));
            return Math.Sqrt(scatter * Count / (Count - 1)) / sumIn;
        }
    }

    /// <summary>Adds a cycle: <paramref name="part"/> of <paramref name="whole"/>.</summary>
    public void Add(double part, double whole)
    {
        Count++;
        sumOf += part;
        sumIn += whole;
        squaresOf += part * part;
        squaresIn += whole * whole;
        products += part * whole;
    }
}
