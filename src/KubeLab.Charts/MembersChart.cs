using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Who led a group of masters, and when: a row for each member, with a fill and a hatch for what it was, terms as labels, and the times without a majority.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/"/>
public static class MembersChart
{
    private const double RowPixels = 40;
    private const double HalfBox = 0.32;
    private const double LabelPixels = 26;
    private const double WidthPixels = 620;

    private static readonly (MemberState State, string Words, string Color, double Opacity, string Hatch)[] Looks =
    [
        (MemberState.Leader, "leads", Palette.Blue, 0.55, ""),
        (MemberState.Follower, "follows", Palette.Green, 0.18, "-"),
        (MemberState.Candidate, "stands for election", Palette.Orange, 0.3, "x"),
        (MemberState.Down, "is down", Palette.Grey, 0.1, "/"),
    ];

    /// <summary>Draws what members were within the frame.</summary>
    /// <param name="stretches">What each member was and when; rows stand in the order in which members first appear.</param>
    /// <param name="withoutMajority">When no majority could be reached.</param>
    /// <param name="frame">The span and markers.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public static Figure Of(IReadOnlyList<MemberStretch> stretches, IReadOnlyList<TimeRange> withoutMajority, Frame frame)
    {
        string[] members = [.. stretches.Select(s => s.Member).Distinct(StringComparer.Ordinal)];
        if (members.Length == 0)
        {
            throw new ArgumentException("a picture of masters needs at least one: add masters first", nameof(stretches));
        }

        List<MemberStretch> shown = [.. stretches.Select(s => Cut(s, frame)).Where(s => s.To > s.From)];
        var panel = new Panel("members", "member (one row each)", new Unit("members", 1), 16 + (members.Length * RowPixels))
        {
            Axis = new Axis
            {
                Range = [members.Length - 0.4, -0.6],
                TickVals = [.. Enumerable.Range(0, members.Length).Select(row => (double)row)],
                TickText = [.. members.Select(m => PlotlyText.Plain(PlotlyText.Short(m, 24)))],
                AutoMargin = true,
                ShowGrid = false,
                ZeroLine = false,
            },
        };
        List<TimeRange> lost = [.. withoutMajority.Select(range => Cut(range, frame)).Where(range => range.To > range.From)];
        AddLost(panel, lost, members.Length, frame);
        foreach (var (state, words, color, opacity, hatch) in Looks)
        {
            var boxes = new Boxes();
            foreach (var s in shown.Where(s => s.State == state))
            {
                var row = Array.IndexOf(members, s.Member);
                boxes.Add(Elapsed.Position(s.From, frame), Elapsed.Position(s.To, frame), row - HalfBox, row + HalfBox, Words(s, words, frame));
            }

            panel.Traces.Add(Trace(words, boxes, color, opacity, hatch));
        }

        AddElections(panel, shown, members, frame);
        AddTerms(panel, shown, members, frame);
        panel.Sentence = Sentence(shown, lost, frame);
        panel.Latest.AddRange(members.Select(m => new Reading(m, shown.LastOrDefault(s => s.Member == m) is { } last
            ? $"{Looks.First(l => l.State == last.State).Words}, term {last.Term}"
            : "not heard of")));
        return PanelStack.OverTime("Who leads the masters", [panel], [frame.Start, frame.End], frame with { Predictions = [] }, hoverMode: "closest");
    }

    private static void AddLost(Panel panel, List<TimeRange> lost, int rows, Frame frame)
    {
        var boxes = new Boxes();
        foreach (var (from, to) in lost)
        {
            boxes.Add(Elapsed.Position(from, frame), Elapsed.Position(to, frame), -0.6, rows - 0.4, $"no majority<br>{Elapsed.Text(from, frame)} to {Elapsed.Text(to, frame)}");
        }

        panel.Traces.Add(Trace("no majority", boxes, Palette.Vermilion, 0.1, "\\"));
    }

    private static ScatterTrace Trace(string name, Boxes boxes, string color, double opacity, string hatch) => new()
    {
        Name = name,
        X = boxes.X,
        Y = boxes.Y,
        Text = boxes.Text,
        HoverTemplate = "%{text}<extra></extra>",
        Line = new Line { Color = color, Width = 1 },
        Fill = "toself",
        FillColor = Palette.Faded(color, opacity),
        FillPattern = hatch.Length == 0 ? null : new Pattern(hatch, Palette.Faded(color, 0.6), Palette.Faded(color, opacity), 8, 0.15),
    };

    /// <summary>A star where somebody is elected: short candidacies are too narrow to be seen.</summary>
    private static void AddElections(Panel panel, List<MemberStretch> shown, string[] members, Frame frame)
    {
        List<MemberStretch> won = [.. shown.Where(s => s.State == MemberState.Leader && s.From > frame.Start)];
        panel.Traces.Add(new ScatterTrace
        {
            Name = "election won",
            X = [.. won.Select(s => Elapsed.Position(s.From, frame))],
            Y = [.. won.Select(s => (double)Array.IndexOf(members, s.Member))],
            Text = [.. won.Select(s => $"{PlotlyText.Plain(s.Member)} wins term {s.Term}<br>{Elapsed.Text(s.From, frame)}")],
            Mode = "markers",
            HoverTemplate = "%{text}<extra></extra>",
            Marker = new Marker { Symbol = "star", Size = 11, Color = Palette.Vermilion, Line = new Line { Color = Palette.Vermilion, Width = 1 } },
        });
    }

    private static void AddTerms(Panel panel, List<MemberStretch> shown, string[] members, Frame frame)
    {
        var span = (frame.End - frame.Start).TotalMilliseconds;
        foreach (var s in shown.Where(s => s.State == MemberState.Leader))
        {
            if ((s.To - s.From).TotalMilliseconds / span * WidthPixels < LabelPixels + 10)
            {
                continue;
            }

            panel.Annotations.Add(new Annotation
            {
                Text = $"<b>t{s.Term}</b>",
                XRef = "x",
                X = Elapsed.Position(s.From, frame),
                XAnchor = "left",
                XShift = 9,
                Y = Array.IndexOf(members, s.Member),
                YAnchor = "middle",
                HoverText = $"term {s.Term}",
            });
        }
    }

    private static string Words(MemberStretch s, string words, Frame frame) =>
        $"<b>{PlotlyText.Plain(s.Member)}</b> {words}, term {s.Term}<br>{Elapsed.Text(s.From, frame)} to {Elapsed.Text(s.To, frame)}";

    private static string Sentence(List<MemberStretch> shown, List<TimeRange> lost, Frame frame)
    {
        var leaders = shown.Where(s => s.State == MemberState.Leader).OrderBy(s => s.From).Select(s => $"{s.Member} from {Elapsed.Text(s.From, frame)} (term {s.Term})").ToArray();
        var who = leaders.Length == 0 ? "nobody led" : $"leaders: {string.Join(", ", leaders.Take(8))}{(leaders.Length > 8 ? $" and {leaders.Length - 8} more" : "")}";
        var without = lost.Sum(range => (range.To - range.From).TotalSeconds);
        return $"{who}; {(without > 0 ? $"without a majority for {Unit.Plain(without)} s" : "a majority was always reached")}.";
    }

    private static MemberStretch Cut(MemberStretch s, Frame frame) => s with { From = Later(s.From, frame.Start), To = Earlier(s.To, frame.End) };

    private static TimeRange Cut(TimeRange range, Frame frame) => new(Later(range.From, frame.Start), Earlier(range.To, frame.End));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
