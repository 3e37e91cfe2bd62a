using System.Globalization;
using System.Net;
using System.Text;
using KubeLab.Charts;
using KubeLab.Formatting;
using KubeLab.Scheduling.Explaining;

namespace KubeLab.Explaining;

/// <summary>What the scheduler thinks of a pod, for people: why each node is out or how good it is, and what would change it.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SchedulingAnswer : IShown
{
    private const int NodesShown = 20;
    private readonly string source;

    internal SchedulingAnswer(PodExplanation explanation, string source)
    {
        Explanation = explanation;
        this.source = source;
    }

    /// <summary>The answer as data.</summary>
    public PodExplanation Explanation { get; }

    /// <summary>Every node with its refusals or scores.</summary>
    public IReadOnlyList<NodeExplanation> Nodes => Explanation.Nodes;

    /// <summary>Changes after which the pod would fit, each tried out.</summary>
    public IReadOnlyList<Counterfactual> Counterfactuals => Explanation.Counterfactuals;

    /// <summary>Whether any node fits.</summary>
    public bool Fits => Explanation.Fits;

    /// <summary>The scores as a map of nodes and plugins.</summary>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public Figure Chart()
    {
        List<ScoreColumn> columns = [.. Columns().Select(s => new ScoreColumn(s.Plugin, s.Weight))];
        var rows = Nodes.Select(n => n.Fits
            ? new ScoreRow(n.Node, null, [.. n.Scores.Select(s => new ScoreCell(s.Normalized))], n.Total)
            : new ScoreRow(n.Node, Because(n), [], 0));
        return ScoreMapChart.Of(Explanation.Pod.ToString(), columns, [.. rows]);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in Headlines())
        {
            text.AppendLine(line);
        }

        foreach (var (reason, nodes) in Refused())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ✗ {Names(nodes)}: {reason}");
        }

        if (Fits)
        {
            text.Append(ScoreTable());
        }

        foreach (var change in Counterfactuals)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  → {change}");
        }

        if (!Fits && Counterfactuals.Count == 0 && Nodes.Count > 0 && Explanation.Held.Length == 0)
        {
            text.AppendLine("  No single change of the pod would make it fit: every node refuses it for more than one reason.");
        }

        return text.ToString().TrimEnd();
    }

    string IShown.ToHtml()
    {
        var html = new StringBuilder("<div class=\"kubelab-scheduling\">");
        foreach (var line in Headlines())
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(line)}</p>");
        }

        if (Counterfactuals.Count > 0)
        {
            html.Append("<ul>");
            foreach (var change in Counterfactuals)
            {
                html.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(change.ToString())}</li>");
            }

            html.Append("</ul>");
        }

        html.Append("<table><thead><tr><th>Node</th><th>Answer</th>");
        foreach (var column in Columns())
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{column.Plugin} ×{column.Weight}<br>raw → 0–100 → points</th>");
        }

        html.Append("<th>Total</th></tr></thead><tbody>");
        foreach (var node in Nodes.OrderByDescending(n => n.Fits).ThenByDescending(n => n.Total).ThenBy(n => n.Node, StringComparer.Ordinal).Take(NodesShown))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"white-space:nowrap\">{WebUtility.HtmlEncode(node.Node)}</td><td>{WebUtility.HtmlEncode(node.Fits ? "✓ fits" : $"✗ {Because(node)}")}</td>");
            foreach (var score in node.Scores)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td>{score.Raw} → {score.Normalized} → {score.Weighted}</td>");
            }

            html.Append(CultureInfo.InvariantCulture, $"{string.Concat(Enumerable.Repeat("<td></td>", Columns().Count - node.Scores.Count))}<td>{(node.Fits ? node.Total : "")}</td></tr>");
        }

        html.Append("</tbody></table>");
        if (Nodes.Count > NodesShown)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>and {Nodes.Count - NodesShown} more nodes</p>");
        }

        return html.Append("</div>").ToString();
    }

    private List<string> Headlines()
    {
        var pod = Explanation.Pod;
        var lines = new List<string>();
        if (Explanation.Held.Length > 0)
        {
            lines.Add($"{pod} is not tried: {Explanation.Held}.");
        }

        var best = Explanation.Fitting;
        lines.Add(Explanation switch
        {
            { BoundTo.Length: > 0 } => $"{pod} has a node, {Explanation.BoundTo}. If it were placed now, {best.Count} of {Nodes.Count} nodes would fit{Winner(best)}.",
            { Fits: true } => $"{pod} fits on {best.Count} of {Nodes.Count} nodes{Winner(best)}.",
            { Nodes.Count: 0 } => $"{pod} fits nowhere: there are no nodes.",
            _ => $"{pod} fits nowhere: {Explanation.Message}",
        });
        if (source.Length > 0)
        {
            lines.Add(source);
        }

        return lines;
    }

    private static string Winner(IReadOnlyList<NodeExplanation> best)
    {
        if (best.Count == 0)
        {
            return "";
        }

        var equals = best.Count(n => n.Total == best[0].Total);
        return equals == 1 ? $"; {best[0].Node} is best with {best[0].Total} points" : $"; {equals} are best with {best[0].Total} points each, and chance decides";
    }

    private IReadOnlyList<Score> Columns() => Nodes.FirstOrDefault(n => n.Scores.Count > 0)?.Scores ?? [];

    private static string Because(NodeExplanation node) => string.Join("; ", node.Refusals.Select(r => $"{r.Words} ({r.Plugin})"));

    private IEnumerable<(string Reason, List<string> Nodes)> Refused() =>
        Nodes.Where(n => !n.Fits).GroupBy(Because).Select(g => (g.Key, g.Select(n => n.Node).ToList())).OrderByDescending(g => g.Item2.Count).Take(NodesShown);

    private static string Names(List<string> nodes) => nodes.Count <= 3 ? string.Join(", ", nodes) : $"{nodes[0]}, {nodes[1]} and {nodes.Count - 2} more";

    private string ScoreTable()
    {
        var shown = Explanation.Fitting.Take(NodesShown).ToList();
        List<string[]> rows = [["", .. shown.Select(n => n.Node)]];
        for (var i = 0; i < Columns().Count; i++)
        {
            var column = Columns()[i];
            rows.Add([$"{column.Plugin} ×{column.Weight}", .. shown.Select(n => $"{n.Scores[i].Raw} → {n.Scores[i].Normalized} → {n.Scores[i].Weighted}")]);
        }

        rows.Add(["total", .. shown.Select(n => n.Total.ToString(CultureInfo.InvariantCulture))]);
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }

        if (Explanation.Fitting.Count > shown.Count)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {Explanation.Fitting.Count - shown.Count} more nodes that fit");
        }

        return text.ToString();
    }
}
