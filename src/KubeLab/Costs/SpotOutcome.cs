using KubeLab.Cloud.Prices;

namespace KubeLab.Costs;

/// <summary>What comes of a job on Spot machines.</summary>
/// <param name="ElapsedHours">From the request for the first machine until the job is done, in hours.</param>
/// <param name="MachineHours">Hours of machines that are paid for, boots and the last seconds of machines included.</param>
/// <param name="Preemptions">How many machines are taken back.</param>
/// <param name="LostHours">The machine hours beyond one boot and the undisturbed job: work done again, checkpoints, further boots.</param>
public sealed record SpotOutcome(double ElapsedHours, double MachineHours, double Preemptions, double LostHours)
{
    /// <summary>What it costs at this price per hour.</summary>
    public double Cost(Money perHour) => MachineHours * (double)perHour.Amount;
}

/// <summary>Means over many played runs, and their standard errors.</summary>
/// <param name="Runs">How often the job was played.</param>
/// <param name="Mean">The means.</param>
/// <param name="Error">The standard errors of the means.</param>
public sealed record SpotEstimate(int Runs, SpotOutcome Mean, SpotOutcome Error);
