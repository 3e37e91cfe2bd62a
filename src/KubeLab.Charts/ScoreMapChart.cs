using System.Globalization;
using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How the scheduler sees one pod: a row for each node, a column for each plugin, and in each cell the points it gives; refused nodes say why.</summary>
/// <remarks>Numbers are written in the cells; a cell is larger the nearer it is to the most its plugin can give. Of many nodes the best that fit come first, 30 rows at most.</remarks>
public static class ScoreMapChart
{
    /// <summary>More rows than this are left out, and counted in the sentence.</summary>
    public const int RowsMax = 30;

    private const double RowPixels = 38;
    private const int WordsMax = 90;

    private static readonly (string Name, double ShareBelow, double Size, string Color, double Opacity)[] Levels =
    [
        ("less than a quarter of the points", 0.25, 22, Palette.Grey, 0.15),
        ("a quarter to a half", 0.5, 26, Palette.Sky, 0.2),
        ("a half to three quarters", 0.75, 30, Palette.Blue, 0.3),
        ("three quarters and more", double.PositiveInfinity, 34, Palette.Green, 0.4),
    ];

    /// <summary>Draws the map.</summary>
    /// <param name="pod">The pod, for the title.</param>
    /// <param name="plugins">The columns: each plugin with its weight.</param>
    /// <param name="nodes">The rows.</param>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static Figure Of(string pod, IReadOnlyList<ScoreColumn> plugins, IReadOnlyList<ScoreRow> nodes)
    {
        if (nodes.Count == 0)
        {
            throw new ArgumentException("a score map needs at least one node: add a node pool first", nameof(nodes));
        }

        List<ScoreRow> rows =
        [
            .. nodes.OrderByDescending(n => n.RefusedBecause is null).ThenByDescending(n => n.Total).ThenBy(n => n.Node, StringComparer.Ordinal).Take(RowsMax),
        ];
        var panel = new Panel("scores", "node (best first)", new Unit("points", 1), (rows.Count * RowPixels) + 16)
        {
            Sentence = Sentence(plugins, nodes, rows.Count),
            Axis = new Axis
            {
                Range = [rows.Count - 0.4, -0.6],
                TickVals = [.. Enumerable.Range(0, rows.Count).Select(i => (double)i)],
                TickText = [.. rows.Select(r => PlotlyText.Plain(PlotlyText.Short(r.Node, 28)))],
                AutoMargin = true,
                ShowGrid = false,
                ZeroLine = false,
            },
        };
        for (var level = 0; level < Levels.Length; level++)
        {
            AddCells(panel, plugins, rows, level);
        }

        AddTotals(panel, plugins.Count, rows);
        AddRefusals(panel, plugins.Count, rows);
        string[] names = [.. plugins.Select(p => PlotlyText.Plain($"{p.Plugin} ×{p.Weight}")), "total"];
        var axis = new Axis
        {
            Title = new AxisTitle("points of each plugin: 0 to 100, times its weight", 8),
            Range = [-0.6, names.Length - 0.4],
            TickVals = [.. Enumerable.Range(0, names.Length).Select(i => (double)i)],
            TickText = names,
            TickAngle = -40,
            AutoMargin = true,
            ShowGrid = false,
        };
        return PanelStack.AtInstant($"Scores for {pod}", $"{nodes.Count} node{(nodes.Count == 1 ? "" : "s")}. ", [panel], axis, hoverMode: "closest");
    }

    private static void AddCells(Panel panel, IReadOnlyList<ScoreColumn> plugins, List<ScoreRow> rows, int level)
    {
        var cells = new List<(int Column, int Row, ScoreCell Cell)>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; rows[row].RefusedBecause is null && column < plugins.Count; column++)
            {
                var cell = rows[row].Cells[column];
                if (Array.FindIndex(Levels, l => cell.Normalized / 100.0 < l.ShareBelow) == level)
                {
                    cells.Add((column, row, cell));
                }
            }
        }

        if (cells.Count == 0)
        {
            return;
        }

        var (name, _, size, color, opacity) = Levels[level];
        panel.Traces.Add(new ScatterTrace
        {
            Name = name,
            X = [.. cells.Select(c => (double)c.Column)],
            Y = [.. cells.Select(c => (double)c.Row)],
            Mode = "markers+text",
            Text = [.. cells.Select(c => Number(c.Cell.Normalized * plugins[c.Column].Weight))],
            Marker = new Marker { Color = Palette.Faded(color, opacity), Symbol = "square", Size = size, Line = new Line { Color = color, Width = 1 } },
            HoverTemplate = "%{text} points<extra></extra>",
        });
    }

    private static void AddTotals(Panel panel, int column, List<ScoreRow> rows)
    {
        int[] fitting = [.. Enumerable.Range(0, rows.Count).Where(i => rows[i].RefusedBecause is null)];
        if (fitting.Length == 0)
        {
            return;
        }

        panel.Traces.Add(new ScatterTrace
        {
            Name = "total",
            X = [.. fitting.Select(_ => (double)column)],
            Y = [.. fitting.Select(i => (double)i)],
            Mode = "text",
            Text = [.. fitting.Select(i => $"<b>{Number(rows[i].Total)}</b>")],
            HoverTemplate = "%{text} points in total<extra></extra>",
        });
        foreach (var i in fitting)
        {
            panel.Latest.Add(new Reading(rows[i].Node, $"{Number(rows[i].Total)} points"));
        }
    }

    private static void AddRefusals(Panel panel, int columns, List<ScoreRow> rows)
    {
        int[] refused = [.. Enumerable.Range(0, rows.Count).Where(i => rows[i].RefusedBecause is not null)];
        if (refused.Length == 0)
        {
            return;
        }

        panel.Traces.Add(new ScatterTrace
        {
            Name = "refused",
            X = [.. refused.Select(_ => (double)columns)],
            Y = [.. refused.Select(i => (double)i)],
            Mode = "markers",
            Marker = new Marker { Color = Palette.Vermilion, Symbol = "x", Size = 11 },
            Text = [.. refused.Select(i => PlotlyText.Plain(rows[i].RefusedBecause!))],
            HoverTemplate = "%{text}<extra></extra>",
        });
        foreach (var i in refused)
        {
            panel.Annotations.Add(new Annotation
            {
                Text = PlotlyText.Plain(PlotlyText.Short(rows[i].RefusedBecause!, WordsMax)),
                X = -0.5,
                Y = i,
                XRef = "x",
                XAnchor = "left",
                YAnchor = "middle",
            });
            panel.Latest.Add(new Reading(rows[i].Node, rows[i].RefusedBecause!));
        }
    }

    private static string Sentence(IReadOnlyList<ScoreColumn> plugins, IReadOnlyList<ScoreRow> nodes, int shown)
    {
        List<ScoreRow> fitting = [.. nodes.Where(n => n.RefusedBecause is null)];
        var best = fitting.Count == 0 ? "none fits" : $"{fitting.Count} fit{(fitting.Count == 1 ? "s" : "")}, {fitting.MaxBy(n => n.Total)!.Node} scores most with {Number(fitting.Max(n => n.Total))} points of {plugins.Count} plugins";
        var refused = nodes.Count - fitting.Count;
        var left = nodes.Count > shown ? $"; {nodes.Count - shown} more nodes are not drawn" : "";
        return $"{best}; {refused} {(refused == 1 ? "is" : "are")} refused{left}.";
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}

/// <summary>A plugin as a column.</summary>
/// <param name="Plugin">Its name.</param>
/// <param name="Weight">How much it counts.</param>
public readonly record struct ScoreColumn(string Plugin, int Weight);

/// <summary>What a plugin gives a node.</summary>
/// <param name="Normalized">0 to 100.</param>
public readonly record struct ScoreCell(long Normalized);

/// <summary>A node as a row.</summary>
/// <param name="Node">Its name.</param>
/// <param name="RefusedBecause">Why it is refused; null where the pod fits.</param>
/// <param name="Cells">A cell for each column; none where it is refused.</param>
/// <param name="Total">The sum of all points.</param>
public sealed record ScoreRow(string Node, string? RefusedBecause, IReadOnlyList<ScoreCell> Cells, long Total);
