using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How full nodes were over time: a row for each node, hatched more densely the more of it was requested, with a line for what was used.</summary>
/// <remarks>Of more than <see cref="RowsMax"/> nodes a row stands for several. A row is empty while its node is not there.</remarks>
public static class PackingMapChart
{
    /// <summary>The most rows.</summary>
    public const int RowsMax = 100;

    private const int SlotsMax = 60;
    private const int NamesMax = 34;

    private static readonly (string Words, double ShareBelow, string Color, double Opacity, string Hatch)[] Levels =
    [
        ("less than 25 % requested", 0.25, Palette.Grey, 0.1, ""),
        ("25 to 50 %", 0.5, Palette.Sky, 0.15, "."),
        ("50 to 75 %", 0.75, Palette.Blue, 0.2, "/"),
        ("75 to 95 %", 0.95, Palette.Orange, 0.3, "x"),
        ("95 % and more", double.PositiveInfinity, Palette.Vermilion, 0.55, "+"),
    ];

    /// <summary>Draws the map of one resource.</summary>
    /// <param name="resource">What it is called, for example <c>CPU</c>.</param>
    /// <param name="of">Reads it of a node.</param>
    /// <param name="nodes">The nodes, in the order of the rows.</param>
    /// <param name="frame">The span and markers.</param>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static Figure Of(string resource, Func<ResourcesOfNode, ResourceSeries> of, IReadOnlyList<ResourcesOfNode> nodes, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(of);
        if (nodes.Count == 0)
        {
            throw new ArgumentException("a packing map needs at least one node: add a node pool first", nameof(nodes));
        }

        var rows = NodeAxis.Groups(nodes, RowsMax);
        var slots = new TimeSlots(frame.Start, frame.End, SlotsMax);
        var map = rows.Select(row => slots.Shares([.. row.Select(of)])).ToArray();
        var every = (rows.Count + NamesMax - 1) / NamesMax;
        var named = Enumerable.Range(0, rows.Count).Where(i => i % every == 0).ToArray();
        var panel = new Panel("packing", rows.Count == nodes.Count ? "node" : $"nodes ({nodes.Count / rows.Count} or more in a row)", new Unit("%", 1), (rows.Count * RowPixels(rows.Count)) + 16)
        {
            Sentence = Sentence(resource, map, rows),
            Axis = new Axis
            {
                Range = [rows.Count - 0.4, -0.6],
                TickVals = [.. named.Select(i => (double)i)],
                TickText = [.. named.Select(i => PlotlyText.Plain(PlotlyText.Short(rows[i][0].Node, 28)))],
                AutoMargin = true,
                ShowGrid = false,
                ZeroLine = false,
            },
        };
        for (var level = 0; level < Levels.Length; level++)
        {
            AddLevel(panel, level, map, rows, slots, frame);
        }

        AddUsed(panel, map, slots, frame);
        panel.Latest.AddRange(Enumerable.Range(0, Math.Min(rows.Count, 12)).Select(i => new Reading(rows[i][0].Node, Words(map[i][^1]))));
        return PanelStack.OverTime($"Packing over time: {resource} requested of allocatable", [panel], [frame.Start, frame.End], frame with { Predictions = [] }, hoverMode: "closest");
    }

    private static double RowPixels(int rows) => rows switch { <= 8 => 42, <= 16 => 28, <= 40 => 16, _ => 9 };

    private static void AddLevel(Panel panel, int level, SlotShare[][] map, IReadOnlyList<IReadOnlyList<ResourcesOfNode>> rows, TimeSlots slots, Frame frame)
    {
        var (words, _, color, opacity, hatch) = Levels[level];
        var boxes = new Boxes();
        for (var row = 0; row < map.Length; row++)
        {
            for (var (from, slot) = (0, 0); slot < slots.Count; slot = from)
            {
                // Neighbours of one level are one box.
                for (from = slot + 1; from < slots.Count && LevelOf(map[row][from]) == LevelOf(map[row][slot]);)
                {
                    from++;
                }

                if (LevelOf(map[row][slot]) == level)
                {
                    var said = $"{PlotlyText.Plain(rows[row][0].Node)}, {Elapsed.Text(slots.Start(slot), frame)} to {Elapsed.Text(slots.Start(from), frame)}: {Words(map[row][from - 1])}";
                    boxes.Add(Elapsed.Position(slots.Start(slot), frame), Elapsed.Position(slots.Start(from), frame), row + 0.42, row - 0.42, said);
                }
            }
        }

        if (!boxes.IsEmpty)
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = words,
                X = boxes.X,
                Y = boxes.Y,
                Text = boxes.Text,
                Line = new Line { Color = color, Width = 1 },
                Fill = "toself",
                FillColor = Palette.Faded(color, opacity),
                FillPattern = hatch.Length == 0 ? null : new Pattern(hatch, color, Palette.Faded(color, opacity), map.Length > 40 ? 5 : 8, 0.3),
                HoverTemplate = "%{text}<extra></extra>",
            });
        }
    }

    /// <summary>What was used, as a line within each row: at its lower edge nothing was, at its upper edge all that is allocatable.</summary>
    private static void AddUsed(Panel panel, SlotShare[][] map, TimeSlots slots, Frame frame)
    {
        var line = new Boxes();
        var (x, y) = (line.X, line.Y);
        for (var row = 0; row < map.Length; row++)
        {
            for (var slot = 0; slot < slots.Count; slot++)
            {
                var height = double.IsFinite(map[row][slot].Used) ? row + 0.42 - (0.84 * Math.Min(map[row][slot].Used, 1)) : double.NaN;
                x.AddRange([Elapsed.Position(slots.Start(slot), frame), Elapsed.Position(slots.Start(slot + 1), frame)]);
                y.AddRange([height, height]);
            }

            x.Add(double.NaN);
            y.Add(double.NaN);
        }

        if (map.Any(row => row.Any(share => share.Used > 0)))
        {
            panel.Traces.Add(new ScatterTrace
            {
                Name = "used (height within the row)",
                X = x,
                Y = y,
                Line = new Line { Color = Palette.Green, Width = map.Length > 40 ? 1.5 : 2.5 },
                HoverInfo = "skip",
            });
        }
    }

    private static int LevelOf(SlotShare share) => double.IsFinite(share.Requested) ? Array.FindIndex(Levels, l => share.Requested < l.ShareBelow) : -1;

    private static string Words(SlotShare share) => !double.IsFinite(share.Requested) ? "not there"
        : $"{Packing.Percent(share.Requested, 1)} requested{(double.IsFinite(share.Used) ? $", {Packing.Percent(share.Used, 1)} used" : "")}";

    private static string Sentence(string resource, SlotShare[][] map, IReadOnlyList<IReadOnlyList<ResourcesOfNode>> rows)
    {
        var last = Enumerable.Range(0, rows.Count).Where(i => double.IsFinite(map[i][^1].Requested)).ToArray();
        if (last.Length == 0)
        {
            return "at the end there is no node.";
        }

        var (full, empty) = (last.MaxBy(i => map[i][^1].Requested), last.MinBy(i => map[i][^1].Requested));
        return $"{resource}: at the end {last.Length} of {rows.Count} rows have nodes; fullest is {rows[full][0].Node}, {Words(map[full][^1])}; emptiest is {rows[empty][0].Node}, {Words(map[empty][^1])}.";
    }
}
