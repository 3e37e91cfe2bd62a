namespace KubeLab.Nodes.Serving;

/// <summary>How long requests wait because they come at random, while there is capacity enough on average.</summary>
/// <remarks>
/// Sakasegawa's approximation of the M/M/c queue, W = ρ^(√(2(c+1)) - 1) / (μ (1 - ρ)) with μ the capacity of all c servers together (H. Sakasegawa, "An approximation formula
/// Lq ≃ α ρ^β/(1-ρ)", Annals of the Institute of Statistical Mathematics 29, 1977): exact for c = 1, and defined for two and a half cores as well. A queue near ρ = 1 needs longer and longer
/// until it is as long as the formula says, so from <see cref="UtilisationMax"/> on only the backlog grows, request by request.
/// </remarks>
public static class WaitingTime
{
    /// <summary>Up to which share of the capacity the formula is used.</summary>
    public const double UtilisationMax = 0.95;

    /// <summary>The mean wait in seconds when <paramref name="rate"/> requests come per second; it never falls when the rate rises.</summary>
    public static double Mean(double rate, ServingCapacity capacity)
    {
        var utilisation = Math.Clamp(rate / capacity.PerSecond, 0, UtilisationMax);
        return utilisation <= 0
            ? 0
            : Math.Pow(utilisation, Math.Sqrt(2 * (capacity.Servers + 1)) - 1) / (capacity.PerSecond * (1 - utilisation));
    }
}
