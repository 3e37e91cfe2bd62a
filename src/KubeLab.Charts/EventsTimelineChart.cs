using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>The cluster's events over time: a row per object (of many objects: per reason), a mark per event, a shape per reason.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/"/>
public static class EventsTimelineChart
{
    private const int ReasonsMax = 11;
    private const int MessageLettersMax = 110;

    private static readonly string[] WarningColors = [Palette.Vermilion, Palette.Purple, Palette.Brown];
    private static readonly string[] NormalColors = [Palette.Blue, Palette.Green, Palette.Orange, Palette.Sky, Palette.Grey];

    /// <summary>Draws the events that happened within the frame.</summary>
    /// <param name="events">Events in any order.</param>
    /// <param name="frame">The span and markers.</param>
    public static Figure Of(IReadOnlyList<TimelineEvent> events, Frame frame)
    {
        var timeline = new Timeline(events, frame);
        var rows = Math.Max(1, timeline.Rows.Count);
        var words = timeline.IsByObject ? "object (one row each)" : "reason (one row each)";
        var panel = new Panel("events", words, new Unit("events", 1), 40 + (rows * 21))
        {
            Axis = new Axis
            {
                Range = [rows - 0.4, -0.6],
                TickVals = [.. Enumerable.Range(0, timeline.Rows.Count).Select(row => (double)row)],
                TickText = [.. timeline.Rows.Select(row => PlotlyText.Plain(PlotlyText.Short(row, 34)))],
                AutoMargin = true,
                Ticks = "outside",
                ZeroLine = false,
            },
        };
        for (var i = 0; i < timeline.Reasons.Count && i < ReasonsMax; i++)
        {
            var kind = timeline.Reasons[i];
            Add(panel, i, kind.IsWarning, kind.Reason, [.. timeline.Marks.Where(mark => mark.Kind == kind)], frame);
        }

        var rest = timeline.Reasons.Skip(ReasonsMax).ToHashSet();
        if (rest.Count > 0)
        {
            var marks = timeline.Marks.Where(mark => rest.Contains(mark.Kind));
            Add(panel, ReasonsMax, false, $"{rest.Count} other reasons", [.. marks], frame);
        }

        panel.Sentence = Words(timeline);
        panel.Latest.AddRange(timeline.Reasons.Take(ReasonsMax).Select(kind =>
            new Reading(kind.Reason, $"{timeline.Shown.Count(one => (one.Reason, one.IsWarning) == kind)} events")));
        return PanelStack.OverTime("Events", [panel], [frame.Start, frame.End], frame with { Predictions = [] }, hoverMode: "closest");
    }

    private static void Add(Panel panel, int index, bool isWarning, string reason, IReadOnlyList<Timeline.Mark> marks, Frame frame)
    {
        var colors = isWarning ? WarningColors : NormalColors;
        var color = colors[index % colors.Length];
        panel.Traces.Add(new ScatterTrace
        {
            Name = isWarning ? $"Warning {reason}" : reason,
            X = [.. marks.Select(mark => Elapsed.Position(mark.First.At, frame))],
            Y = [.. marks.Select(mark => (double)mark.Row)],
            Mode = "markers",
            ClipOnAxis = false,
            Marker = new Marker
            {
                // Warnings are open and larger, so that they differ without colour.
                Symbol = Palette.Symbols[index % Palette.Symbols.Count] + (isWarning ? "-open-dot" : ""),
                Size = isWarning ? 12 : 9,
                Color = color,
                Line = new Line { Color = color, Width = isWarning ? 2 : 1 },
            },
            Text = [.. marks.Select(mark => Words(mark, frame))],
            HoverTemplate = "%{text}<extra></extra>",
        });
    }

    private static string Words(Timeline.Mark mark, Frame frame)
    {
        var first = mark.First;
        var more = mark.Count > 1 ? $" and {mark.Count - 1} more" : "";
        return $"{Elapsed.Text(first.At, frame)} {PlotlyText.Plain(first.Object)}<br><b>{PlotlyText.Plain(first.Reason)}</b>{more}<br>"
            + PlotlyText.Plain(PlotlyText.Short(first.Message, MessageLettersMax));
    }

    private static string Words(Timeline timeline)
    {
        if (timeline.Shown.Count == 0)
        {
            return "there were no events.";
        }

        var frequent = timeline.Shown.GroupBy(one => one.Reason, StringComparer.Ordinal).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).Take(4).Select(group => $"{group.Key} {group.Count()}");
        var objects = timeline.Shown.Select(one => one.Object).Distinct(StringComparer.Ordinal).Count();
        return $"{timeline.Shown.Count} events about {objects} objects, {timeline.Shown.Count(one => one.IsWarning)} of them warnings; "
            + $"most frequent: {string.Join(", ", frequent)}.";
    }
}
