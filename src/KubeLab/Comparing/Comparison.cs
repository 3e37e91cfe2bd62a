using System.Globalization;
using System.Net;
using System.Text;
using KubeLab.Formatting;

namespace KubeLab.Comparing;

/// <summary>What differs between two clusters, two branches of one, or two moments of one.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Comparison : IShown
{
    private const int ObjectsShownMax = 30;

    private Comparison(IReadOnlyList<ComparedFigure> figures, IReadOnlyList<ObjectDifference> objects)
    {
        Figures = figures;
        Objects = objects;
    }

    /// <summary>Time, money, what pods waited for, what went wrong: the same rows for every pair.</summary>
    public IReadOnlyList<ComparedFigure> Figures { get; }

    /// <summary>The objects that differ, in order of kind and name; those that others own are counted by their owner.</summary>
    public IReadOnlyList<ObjectDifference> Objects { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsSame => Objects.Count == 0 && Figures.All(f => f.Difference == 0);

    /// <summary>Compares <paramref name="one"/> with <paramref name="other"/>.</summary>
    public static Comparison Of(Cluster one, Cluster other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(ComparedFigure.Of(one, other), ObjectDifference.Between(ObjectPicture.Of(one), ObjectPicture.Of(other)));
    }

    /// <summary>The row called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public ComparedFigure Figure(string name) => Figures.FirstOrDefault(f => f.Name == name)
        ?? throw new ArgumentException($"there is no figure \"{name}\" in this comparison: {string.Join(", ", Figures.Select(f => f.Name))}", nameof(name));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        var width = Figures.Max(f => f.Name.Length);
        text.Append(CultureInfo.InvariantCulture, $"{"".PadRight(width)}  {"one",14}  {"other",14}  {"difference",14}\n");
        foreach (var f in Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{f.Name.PadRight(width)}  {f.One,14:0.####}  {f.Other,14:0.####}  {f.Difference,14:+0.####;-0.####;0}  {f.Unit}\n");
        }

        text.Append(Objects.Count == 0 ? "no object differs" : $"{Objects.Count} objects differ");
        foreach (var difference in Objects.Take(ObjectsShownMax))
        {
            text.Append('\n').Append(difference);
        }

        return Objects.Count > ObjectsShownMax ? text.Append(CultureInfo.InvariantCulture, $"\nand {Objects.Count - ObjectsShownMax} more").ToString() : text.ToString();
    }

    string IShown.ToHtml()
    {
        var html = new StringBuilder("<table class=\"kubelab-comparison\"><caption>What differs</caption><thead><tr><th scope=\"col\"></th><th scope=\"col\">one</th><th scope=\"col\">other</th>"
            + "<th scope=\"col\">difference</th><th scope=\"col\">unit</th></tr></thead><tbody>");
        foreach (var f in Figures)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">{f.Name}</th><td>{f.One:0.####}</td><td>{f.Other:0.####}</td><td>{f.Difference:+0.####;-0.####;0}</td><td>{f.Unit}</td></tr>");
        }

        html.Append("</tbody></table>");
        if (Objects.Count == 0)
        {
            return html.Append("<p>No object differs.</p>").ToString();
        }

        html.Append("<ul>");
        foreach (var difference in Objects)
        {
            html.Append("<li><code>").Append(WebUtility.HtmlEncode(difference.ToString())).Append("</code></li>");
        }

        return html.Append("</ul>").ToString();
    }
}
