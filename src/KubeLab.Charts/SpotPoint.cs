namespace KubeLab.Charts;

/// <summary>What comes of a job on Spot machines at one rate at which they are taken back.</summary>
/// <param name="PerHour">How often a machine is taken back, on average per hour.</param>
/// <param name="SavedAnew">How much cheaper than at the full price when it begins anew each time, in percent; negative is dearer.</param>
/// <param name="SavedWithCheckpoints">The same with checkpoints.</param>
/// <param name="LostAnew">Machine time spent beyond the undisturbed job when it begins anew each time, in hours.</param>
/// <param name="LostWithCheckpoints">The same with checkpoints.</param>
public sealed record SpotPoint(double PerHour, double SavedAnew, double SavedWithCheckpoints, double LostAnew, double LostWithCheckpoints);
