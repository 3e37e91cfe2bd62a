using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How far the logs of masters are: a bar for each member with its snapshot, what is applied, what is committed, and what only lies there.</summary>
/// <remarks>Logs are long and differences short, so the axis begins a little below the shortest; bars are places, not lengths.</remarks>
public static class LogBarsChart
{
    /// <summary>Draws the logs.</summary>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public static Figure Of(IReadOnlyList<MemberLog> logs, string? title = null)
    {
        if (logs.Count == 0)
        {
            throw new ArgumentException("log bars need at least one member", nameof(logs));
        }

        var (from, to) = Range(logs);
        var panel = new Panel("logs", "place in the log (entries)", new Unit("entries", 1), 300)
        {
            Sentence = Sentence(logs),
            Axis = new Axis { Range = [from, to], NTicks = 8, TickFormat = ",d", ZeroLine = false },
        };
        Add(panel, logs, "in a snapshot", Palette.Grey, ".", log => (0, log.Snapshot));
        Add(panel, logs, "applied", Palette.Green, "", log => (log.Snapshot, log.Applied));
        Add(panel, logs, "committed, not yet applied", Palette.Blue, "/", log => (Math.Max(log.Snapshot, log.Applied), log.Committed));
        Add(panel, logs, "not committed", Palette.Vermilion, "x", log => (Math.Max(log.Applied, log.Committed), log.Last));
        foreach (var (log, i) in logs.Select((log, i) => (log, i)))
        {
            panel.Annotations.Add(new Annotation { Text = Unit.Plain(log.Last), XRef = "x", X = i, XAnchor = "center", Y = log.Last, YAnchor = "bottom" });
        }

        panel.Latest.AddRange(logs.Select(log => new Reading(log.Member, $"last {log.Last}, committed {log.Committed}, applied {log.Applied}, snapshot {log.Snapshot}")));
        return PanelStack.AtInstant(title ?? "Logs of the masters", $"{logs.Count} member{(logs.Count == 1 ? "" : "s")}. ", [panel], Axis(logs));
    }

    private static Axis Axis(IReadOnlyList<MemberLog> logs)
    {
        var axis = NodeAxis.Named([.. logs.Select(log => log.Member)]);
        return axis with { Title = new AxisTitle(axis.Title!.Text.Replace("node", "member", StringComparison.Ordinal), 8) };
    }

    private static void Add(Panel panel, IReadOnlyList<MemberLog> logs, string name, string color, string hatch, Func<MemberLog, (long From, long To)> part) =>
        panel.Traces.Add(new BarTrace
        {
            Name = name,
            X = [.. Enumerable.Range(0, logs.Count).Select(i => (double)i)],
            Y = [.. logs.Select(log => (double)Math.Max(0, part(log).To - part(log).From))],
            Text = [.. logs.Select(log => part(log).To > part(log).From ? $"{Unit.Plain(part(log).From + 1)} to {Unit.Plain(part(log).To)}" : "none")],
            TextPosition = "none",
            HoverTemplate = $"{name}: %{{text}}<extra></extra>",
            Marker = new Marker
            {
                Color = Palette.Faded(color, hatch.Length == 0 ? 0.6 : 0.35),
                Line = new Line { Color = color, Width = 1 },
                Pattern = hatch.Length == 0 ? null : new Pattern(hatch, color, Palette.Faded(color, 0.15)),
            },
        });

    private static (double From, double To) Range(IReadOnlyList<MemberLog> logs)
    {
        var last = logs.Max(log => log.Last);
        var first = logs.Min(log => Math.Min(log.Last, log.Committed));
        var room = Math.Max(4, (last - first) * 0.35);
        return (Math.Max(0, first - room), last + Math.Max(1, room * 0.3));
    }

    private static string Sentence(IReadOnlyList<MemberLog> logs)
    {
        var (ahead, behind) = (logs.MaxBy(log => log.Last)!, logs.MinBy(log => log.Committed)!);
        return $"the longest log has {ahead.Member} ({Unit.Plain(ahead.Last)} entries), the least committed {behind.Member} ({Unit.Plain(behind.Committed)}); "
            + $"{Unit.Plain(logs.Sum(log => Math.Max(0, log.Last - log.Committed)))} entries are not known to be committed.";
    }
}
