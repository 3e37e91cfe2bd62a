namespace KubeLab.Charts;

/// <summary>One piece of a delay, as a waterfall draws it.</summary>
/// <param name="Name">What was waited for.</param>
/// <param name="Stage">Whose doing it is.</param>
/// <param name="FromSeconds">When it began, in seconds after the load step.</param>
/// <param name="ToSeconds">When it ended.</param>
public sealed record DelayBar(string Name, DelayStage Stage, double FromSeconds, double ToSeconds);
