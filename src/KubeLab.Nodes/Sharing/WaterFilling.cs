namespace KubeLab.Nodes.Sharing;

/// <summary>Divides an amount fairly: each gets by its weight, nobody more than it wants, and what one leaves goes to the others.</summary>
internal static class WaterFilling
{
    /// <summary>Divides <paramref name="amount"/>; the result has the order of the claims.</summary>
    public static double[] Divide(double amount, ReadOnlySpan<Claim> claims)
    {
        var gets = new double[claims.Length];
        var order = new int[claims.Length];
        var levels = new double[claims.Length];
        double left = Math.Max(amount, 0), weight = 0;
        for (var i = 0; i < claims.Length; i++)
        {
            (order[i], levels[i]) = (i, claims[i].Wants / claims[i].Weight);
            weight += claims[i].Weight;
        }

        // Whoever is satisfied at the lowest level comes first; from then on all that remain stand at one level.
        Array.Sort(levels, order);
        for (var i = 0; i < order.Length; i++)
        {
            var claim = claims[order[i]];
            gets[order[i]] = Math.Min(claim.Wants, weight <= 0 ? 0 : left * claim.Weight / weight);
            left -= gets[order[i]];
            weight -= claim.Weight;
        }

        return gets;
    }

    /// <summary>Somebody who wants a part.</summary>
    /// <param name="Weight">How much it counts against the others; more than zero.</param>
    /// <param name="Wants">The most it takes.</param>
    internal readonly record struct Claim(double Weight, double Wants);
}
