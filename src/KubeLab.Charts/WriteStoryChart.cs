using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>One write in space and time, as Lamport drew it: a line for each member, time running down, an arrow for each message, a bar for each disk at work.</summary>
/// <seealso href="https://lamport.azurewebsites.net/pubs/time-clocks.pdf">Time, clocks, and the ordering of events</seealso>
public static class WriteStoryChart
{
    private const double HalfDisk = 0.06;
    private const double LostAfter = 0.55;
    private const double HeightPixels = 520;

    private static readonly (WriteMessageKind Kind, string Words, string Color, string? Dash)[] Looks =
    [
        (WriteMessageKind.Propose, "please write", Palette.Brown, "longdash"),
        (WriteMessageKind.Append, "append to your log", Palette.Blue, null),
        (WriteMessageKind.Acknowledge, "I have it", Palette.Green, "dash"),
        (WriteMessageKind.Commit, "it is committed", Palette.Purple, "dot"),
    ];

    /// <summary>Draws the write.</summary>
    /// <exception cref="ArgumentException">It has no member.</exception>
    public static Figure Of(WriteStory story, string? title = null)
    {
        if (story.Members.Count == 0)
        {
            throw new ArgumentException("a write needs members: was it proposed?", nameof(story));
        }

        var length = Math.Max(story.Length, 0.1);
        var panel = new Panel("write", "ms since the write was proposed (time runs down)", new Unit("ms", 1), HeightPixels)
        {
            Sentence = Sentence(story),
            Axis = new Axis { Range = [length * 1.04, -length * 0.05], NTicks = 10, TickFormat = ",~f", ZeroLine = false },
        };
        AddLives(panel, story, length);
        AddDisks(panel, story, length);
        foreach (var (kind, words, color, dash) in Looks)
        {
            AddArrows(panel, [.. story.Messages.Where(m => m.Kind == kind && m.Received is not null)], words, color, dash);
        }

        AddLost(panel, [.. story.Messages.Where(m => m.Received is null)], length);
        AddTexts(panel, story);
        AddEnds(panel, story);
        Readings(panel, story);
        var axis = new Axis
        {
            Title = new AxisTitle("member", 8),
            Range = [-0.6, story.Members.Count - 0.4],
            TickVals = [.. Enumerable.Range(0, story.Members.Count).Select(i => (double)i)],
            TickText = [.. story.Members.Select((m, i) => $"{PlotlyText.Plain(PlotlyText.Short(m, 18))}{(i == story.Leader ? "<br>(leader)" : "")}")],
            ShowGrid = false,
        };
        return PanelStack.AtInstant(title ?? "One write, message by message", $"{story.Members.Count} members. ", [panel], axis, hoverMode: "closest");
    }

    private static void AddLives(Panel panel, WriteStory story, double length)
    {
        var lines = new Segments();
        var gone = new Segments();
        for (var i = 0; i < story.Members.Count; i++)
        {
            var at = -length * 0.05;
            foreach (var down in story.Downs.Where(d => d.Member == i).OrderBy(d => d.From))
            {
                lines.Add(i, at, i, Math.Max(at, down.From));
                gone.Add(i, down.From <= 0 ? -length * 0.05 : down.From, i, down.To ?? length * 1.04);
                at = down.To ?? length * 1.04;
            }

            lines.Add(i, at, i, length * 1.04);
        }

        panel.Traces.Add(Line("member runs", lines, Palette.Grey, 1.5, null));
        if (!gone.IsEmpty)
        {
            panel.Traces.Add(Line("member is down", gone, Palette.Vermilion, 4, "dot"));
        }
    }

    private static void AddDisks(Panel panel, WriteStory story, double length)
    {
        var boxes = new Boxes();
        foreach (var sync in story.Syncs)
        {
            var to = sync.To ?? length;
            boxes.Add(sync.Member - HalfDisk, sync.Member + HalfDisk, sync.From, to, $"the disk of {PlotlyText.Plain(story.Members[sync.Member])}<br>{Unit.Plain(to - sync.From)} ms");
        }

        panel.Traces.Add(new ScatterTrace
        {
            Name = "disk makes it safe",
            X = boxes.X,
            Y = boxes.Y,
            Text = boxes.Text,
            HoverTemplate = "%{text}<extra></extra>",
            Line = new Line { Color = Palette.Orange, Width = 1 },
            Fill = "toself",
            FillColor = Palette.Faded(Palette.Orange, 0.25),
            FillPattern = new Pattern("/", Palette.Faded(Palette.Orange, 0.8), Palette.Faded(Palette.Orange, 0.2), 7, 0.25),
        });
    }

    private static void AddArrows(Panel panel, List<WriteMessage> messages, string words, string color, string? dash)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var arrows = new Segments();
        var texts = new List<string>();
        var sizes = new List<double>();
        foreach (var m in messages)
        {
            arrows.Add(m.From, m.Sent, m.To, m.Received!.Value);
            var text = $"{PlotlyText.Plain(m.Text)}<br>{Unit.Plain(m.Sent)} to {Unit.Plain(m.Received.Value)} ms";
            texts.AddRange([text, text, ""]);
            sizes.AddRange([0, 13, 0]);
        }

        panel.Traces.Add(new ScatterTrace
        {
            Name = words,
            X = arrows.X,
            Y = arrows.Y,
            Mode = "lines+markers",
            Text = texts,
            HoverTemplate = "%{text}<extra></extra>",
            Line = new Line { Color = color, Width = 1.8, Dash = dash },
            Marker = new Marker { Symbol = "arrow", AngleRef = "previous", Size = MarkerSize.Of(sizes), Color = color, Line = new Line { Width = 0 } },
        });
    }

    /// <summary>What never arrives ends halfway, at a cross.</summary>
    private static void AddLost(Panel panel, List<WriteMessage> messages, double length)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var stubs = new Segments();
        var texts = new List<string>();
        var sizes = new List<double>();
        foreach (var m in messages)
        {
            stubs.Add(m.From, m.Sent, m.From + ((m.To - m.From) * LostAfter), m.Sent + (length * 0.03));
            var text = $"{PlotlyText.Plain(m.Text)}<br>sent at {Unit.Plain(m.Sent)} ms, never arrived";
            texts.AddRange([text, text, ""]);
            sizes.AddRange([0, 13, 0]);
        }

        panel.Traces.Add(new ScatterTrace
        {
            Name = "never arrives",
            X = stubs.X,
            Y = stubs.Y,
            Mode = "lines+markers",
            Text = texts,
            HoverTemplate = "%{text}<extra></extra>",
            Line = new Line { Color = Palette.Vermilion, Width = 1.8, Dash = "dashdot" },
            Marker = new Marker { Symbol = "x", Size = MarkerSize.Of(sizes), Color = Palette.Vermilion, Line = new Line { Width = 0 } },
        });
    }

    /// <summary>Words stand beside the member that is not the leader: there arrows lie apart.</summary>
    private static void AddTexts(Panel panel, WriteStory story)
    {
        foreach (var m in story.Messages)
        {
            var atReceiver = m.To != story.Leader && m.Received is not null;
            var (column, other, at) = atReceiver ? (m.To, m.From, m.Received!.Value) : (m.From, m.To, m.Sent);
            if (column == story.Leader)
            {
                continue;
            }

            // On the side the arrow does not come from, so that it does not cross the words.
            var isRight = other < column;
            panel.Annotations.Add(new Annotation
            {
                Text = PlotlyText.Plain(m.Text),
                XRef = "x",
                X = column,
                XAnchor = isRight ? "left" : "right",
                XShift = isRight ? 14 : -14,
                Y = at,

                // Below the head of an arrow, since arrows come from above.
                YAnchor = atReceiver ? "top" : "middle",
                YShift = atReceiver ? 4 : 0,
            });
        }
    }

    private static void AddEnds(Panel panel, WriteStory story)
    {
        AddEnd(panel, "proposed", story.Origin, 0, "circle", Palette.Brown);
        if (story.Leader is { } leader && story.Committed is { } committed)
        {
            AddEnd(panel, "committed", leader, committed, "star", Palette.Purple);
        }

        if (story.Acknowledged is { } acknowledged)
        {
            AddEnd(panel, "answered", story.Origin, acknowledged, "diamond", Palette.Green);
        }
    }

    private static void AddEnd(Panel panel, string words, int member, double at, string symbol, string color) => panel.Traces.Add(new ScatterTrace
    {
        Name = $"{words} at {Unit.Plain(at)} ms",
        X = [member],
        Y = [at],
        Mode = "markers",
        HoverTemplate = $"{words} at {Unit.Plain(at)} ms<extra></extra>",
        Marker = new Marker { Symbol = symbol, Size = 14, Color = color, Line = new Line { Color = color, Width = 1 } },
    });

    private static ScatterTrace Line(string name, Segments lines, string color, double width, string? dash) => new()
    {
        Name = name,
        X = lines.X,
        Y = lines.Y,
        HoverInfo = "skip",
        Line = new Line { Color = color, Width = width, Dash = dash },
    };

    private static string Sentence(WriteStory story)
    {
        var leader = story.Leader is { } l ? $"{story.Members[l]} leads" : "nobody leads";
        var lost = story.Messages.Count(m => m.Received is null);
        var end = (story.Committed, story.Acknowledged) switch
        {
            ({ } c, { } a) => $"committed after {Unit.Plain(c)} ms, answered after {Unit.Plain(a)} ms",
            ({ } c, null) => $"committed after {Unit.Plain(c)} ms, not answered",
            _ => "not committed",
        };
        return $"{leader}; {story.Messages.Count} messages{(lost > 0 ? $", {lost} of which never arrive" : "")}; {end}.";
    }

    private static void Readings(Panel panel, WriteStory story)
    {
        panel.Latest.Add(new Reading("messages", Unit.Plain(story.Messages.Count)));
        panel.Latest.Add(new Reading("committed", story.Committed is { } c ? $"{Unit.Plain(c)} ms" : "no"));
        panel.Latest.Add(new Reading("answered", story.Acknowledged is { } a ? $"{Unit.Plain(a)} ms" : "no"));
    }
}
