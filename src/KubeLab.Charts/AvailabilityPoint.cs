namespace KubeLab.Charts;

/// <summary>How long a group of so many members is without a majority.</summary>
/// <param name="Members">How many members.</param>
/// <param name="HoursDown">Hours a year.</param>
/// <param name="Error">The standard error of a simulated value, in hours; 0 for a computed one.</param>
public readonly record struct AvailabilityPoint(int Members, double HoursDown, double Error = 0);
