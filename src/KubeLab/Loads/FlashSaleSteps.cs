namespace KubeLab.Loads;

/// <summary>A rush as steps: up, along the peak, and down again.</summary>
internal static class FlashSaleSteps
{
    private const int RampSteps = 15;

    public static IReadOnlyList<(TimeSpan From, double PerSecond)> Of(double usual, double peak, TimeSpan after, TimeSpan lasts, TimeSpan ramp)
    {
        var steps = new List<(TimeSpan, double)> { (TimeSpan.Zero, usual) };
        for (var i = 1; ramp > TimeSpan.Zero && i < RampSteps; i++)
        {
            // Each step holds for its part of the ramp, so that as many requests come as by a straight line.
            steps.Add((after + (ramp * (i - 1) / (RampSteps - 1)), usual + ((peak - usual) * (i - 0.5) / (RampSteps - 1))));
        }

        var (top, down) = (after + ramp, after + ramp + lasts);
        steps.Add((top, peak));
        for (var i = 1; ramp > TimeSpan.Zero && i < RampSteps; i++)
        {
            steps.Add((down + (ramp * (i - 1) / (RampSteps - 1)), peak + ((usual - peak) * (i - 0.5) / (RampSteps - 1))));
        }

        steps.Add((down + ramp, usual));
        return steps;
    }
}
