namespace KubeLab.Charts;

/// <summary>What surrounds a chart: the span of simulated time it shows, what happened then, and what the learner predicted.</summary>
public sealed record Frame
{
    /// <summary>The instant that the time axis calls 0:00.</summary>
    public required DateTimeOffset LabStarted { get; init; }

    /// <summary>The left end of the picture; the start of the lab unless set.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The right end of the picture, usually now. Charts of one instant show this one.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>A title in place of the chart's own.</summary>
    public string? Title { get; init; }

    /// <summary>How the time on the axis is called: simulated, or not.</summary>
    public string TimeWord { get; init; } = "simulated time";

    /// <summary>A sentence about the data, shown below the title; null when there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Instants worth a vertical line.</summary>
    public IReadOnlyList<EventMarker> Markers { get; init; } = [];

    /// <summary>What the learner said before the run, drawn as dotted lines.</summary>
    public IReadOnlyList<Prediction> Predictions { get; init; } = [];

    /// <summary>The left end.</summary>
    internal DateTimeOffset Start => From ?? LabStarted;

    /// <summary>The right end, at least a second after the left one so that there is something to draw.</summary>
    internal DateTimeOffset End => To - Start > TimeSpan.FromSeconds(1) ? To : Start.AddSeconds(1);
}

/// <summary>Something that happened, drawn as a vertical line with a short label.</summary>
/// <param name="At">When, in simulated UTC.</param>
/// <param name="Label">A few words, for example <c>worker-2 lost</c>.</param>
public readonly record struct EventMarker(DateTimeOffset At, string Label);
