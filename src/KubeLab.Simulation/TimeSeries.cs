namespace KubeLab.Simulation;

/// <summary>One measurement.</summary>
/// <param name="At">When, in simulated UTC.</param>
/// <param name="Value">How much, in the unit of the series.</param>
public readonly record struct Sample(DateTimeOffset At, double Value);

/// <summary>A quantity recorded over simulated time as steps: it keeps its value until the next sample.</summary>
/// <param name="name">What is measured, for example <c>cpu requested</c>.</param>
/// <param name="unit">Its unit, for example <c>cores</c>, <c>bytes</c>, <c>USD</c>, <c>pods</c>.</param>
public sealed class TimeSeries(string name, string unit)
{
    private readonly List<Sample> samples = [];

    /// <summary>What is measured.</summary>
    public string Name { get; } = name;

    /// <summary>The unit of the values.</summary>
    public string Unit { get; } = unit;

    /// <summary>All samples, oldest first.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>The newest value, or 0 before the first sample.</summary>
    public double Latest => samples.Count == 0 ? 0 : samples[^1].Value;

    /// <summary>Adds a sample; a second one for the same instant replaces the first, a repeated value is left out.</summary>
    /// <exception cref="ArgumentException">The sample is older than the newest one.</exception>
    public void Record(DateTimeOffset at, double value)
    {
        if (samples.Count > 0)
        {
            if (at < samples[^1].At)
            {
                throw new ArgumentException($"series \"{Name}\": a sample of {at:O} cannot follow one of {samples[^1].At:O}", nameof(at));
            }

            if (at == samples[^1].At)
            {
                samples[^1] = new Sample(at, value);
                return;
            }

            if (samples[^1].Value.Equals(value))
            {
                return;
            }
        }

        samples.Add(new Sample(at, value));
    }

    /// <summary>The value that held at <paramref name="at"/>, or 0 before the first sample.</summary>
    public double ValueAt(DateTimeOffset at)
    {
        var after = FirstAfter(at);
        return after == 0 ? 0 : samples[after - 1].Value;
    }

    /// <summary>The area under the steps between two instants, in unit-seconds.</summary>
    public double Integral(DateTimeOffset from, DateTimeOffset to)
    {
        double sum = 0;
        for (var i = Math.Max(FirstAfter(from) - 1, 0); i < samples.Count && samples[i].At < to; i++)
        {
            var start = samples[i].At < from ? from : samples[i].At;
            var end = i + 1 < samples.Count && samples[i + 1].At < to ? samples[i + 1].At : to;
            if (end > start)
            {
                sum += samples[i].Value * (end - start).TotalSeconds;
            }
        }

        return sum;
    }

    /// <summary>The index of the first sample that is later than <paramref name="at"/>.</summary>
    private int FirstAfter(DateTimeOffset at)
    {
        int low = 0, high = samples.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].At <= at)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
