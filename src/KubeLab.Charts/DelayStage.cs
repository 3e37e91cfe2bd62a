namespace KubeLab.Charts;

/// <summary>Whose doing a delay is.</summary>
public enum DelayStage
{
    /// <summary>Somebody has to see that there is more load.</summary>
    Measuring,

    /// <summary>A control loop decides or acts: autoscalers, controllers, the scheduler.</summary>
    Deciding,

    /// <summary>A machine is made, boots and joins.</summary>
    Machine,

    /// <summary>A pod is pulled, started and probed.</summary>
    Pod,

    /// <summary>Requests find their way, and what waited is worked off.</summary>
    Routing,
}
