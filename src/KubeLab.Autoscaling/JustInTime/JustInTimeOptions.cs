namespace KubeLab.Autoscaling.JustInTime;

/// <summary>How just-in-time provisioning is set up; the defaults are Karpenter's.</summary>
/// <seealso href="https://karpenter.sh/docs/reference/settings/">Karpenter: settings</seealso>
public sealed record JustInTimeOptions
{
    /// <summary>Karpenter's defaults.</summary>
    public static JustInTimeOptions Default { get; } = new();

    /// <summary>How long no further pod may come until a batch is closed.</summary>
    public TimeSpan BatchIdle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch may stay open at the most.</summary>
    public TimeSpan BatchMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a Spot node may be replaced by a cheaper Spot node.</summary>
    public bool SpotToSpotConsolidation { get; init; }

    /// <summary>How often it looks for nodes that are not needed.</summary>
    public TimeSpan DisruptionPoll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a decision to consolidate must hold before it is carried out.</summary>
    public TimeSpan ConsolidationValidation { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long a machine that has not joined is given up.</summary>
    public TimeSpan RegistrationLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For how long an offer that the provider could not fulfil is left out.</summary>
    public TimeSpan UnavailableFor { get; init; } = TimeSpan.FromMinutes(3);
}
