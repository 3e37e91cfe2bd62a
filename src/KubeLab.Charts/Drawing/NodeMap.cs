using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>A map of many nodes: one cell each, larger, darker and of another shape the fuller the node is.</summary>
internal static class NodeMap
{
    private const int CellsMax = 2000;
    private const int ColumnsMax = 50;
    private const double RowPixels = 17;

    private static readonly (string Name, double ShareBelow, string Symbol, double Size, string Color)[] Levels =
    [
        ("empty", 1e-9, "circle-open", 6, Palette.Grey),
        ("up to 25 % full", 0.25, "circle", 7, Palette.Grey),
        ("25 to 50 %", 0.5, "diamond", 9, Palette.Sky),
        ("50 to 75 %", 0.75, "square", 9, Palette.Blue),
        ("75 to 95 %", 0.95, "square", 12, Palette.Orange),
        ("95 % and more", double.PositiveInfinity, "square-x", 13, Palette.Vermilion),
    ];

    public static Figure Draw(string title, PodCount[] counts)
    {
        var cells = NodeAxis.Groups(counts, CellsMax);
        var columns = Math.Min(ColumnsMax, Math.Max(10, (int)Math.Ceiling(Math.Sqrt(cells.Count * 2.5))));
        var rows = (cells.Count + columns - 1) / columns;
        var panel = new Panel("pods", $"nodes, {columns} per row", new Unit("pods", 1), (rows * RowPixels) + 20)
        {
            Sentence = PodCount.Sentence(counts),
            Axis = new Axis
            {
                Range = [rows - 0.2, -0.8],
                TickVals = [.. Rows().Select(row => (double)row)],
                TickText = [.. Rows().Select(row => PlotlyText.Plain(PlotlyText.Short(cells[row * columns][0].Node, 28)))],
                AutoMargin = true,
                ShowGrid = false,
                ZeroLine = false,
            },
        };
        var level = cells.Select(LevelOf).ToArray();
        for (var i = 0; i < Levels.Length; i++)
        {
            var members = Enumerable.Range(0, cells.Count).Where(cell => level[cell] == i).ToArray();
            if (members.Length > 0)
            {
                panel.Traces.Add(Cells(i, members, cells, columns));
                panel.Latest.Add(new Reading(Levels[i].Name, $"{members.Sum(cell => cells[cell].Count)} nodes"));
            }
        }

        var axis = new Axis { Title = new AxisTitle("place in the row (nodes)", 8), Range = [0, columns + 1], ShowGrid = false };
        return PanelStack.AtInstant(title, "", [panel], axis, hoverMode: "closest");

        IEnumerable<int> Rows() => Enumerable.Range(0, rows).Where(row => row % Math.Max(1, rows / 8) == 0);
    }

    private static ScatterTrace Cells(int level, int[] members, IReadOnlyList<IReadOnlyList<PodCount>> cells, int columns) => new()
    {
        Name = Levels[level].Name,
        X = [.. members.Select(cell => (double)(cell % columns) + 1)],
        Y = [.. members.Select(cell => (double)(cell / columns))],
        Mode = "markers",
        Marker = new Marker
        {
            Color = Levels[level].Color,
            Symbol = Levels[level].Symbol,
            Size = Levels[level].Size,
            Line = new Line { Color = Levels[level].Color, Width = 1 },
        },
        Text = [.. members.Select(cell => Words(cells[cell]))],
        HoverTemplate = "%{text}<extra></extra>",
    };

    private static int LevelOf(IReadOnlyList<PodCount> cell)
    {
        // A cell of several nodes shows its fullest one.
        var share = cell.Max(count => count.Share);
        return Array.FindIndex(Levels, level => share < level.ShareBelow);
    }

    private static string Words(IReadOnlyList<PodCount> cell)
    {
        var names = cell.Count == 1 ? cell[0].Node : $"{cell[0].Node} and {cell.Count - 1} more";
        var sum = new PodCount(names, cell.Sum(count => count.Pods), cell.Sum(count => count.Capacity));
        return PlotlyText.Plain($"{names}: {sum.Words}");
    }
}
