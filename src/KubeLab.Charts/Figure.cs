using KubeLab.Charts.Formatting;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>A picture as data: a Plotly figure, a sentence that says what it shows, and its newest values.</summary>
/// <remarks>Immutable. The same recorded series give the same JSON, byte for byte.</remarks>
/// <seealso href="https://plotly.com/javascript/"/>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Plotly, FigureFormatterSource.Html, FigureFormatterSource.Text])]
public sealed class Figure
{
    private readonly Lazy<string> json;

    /// <summary>Makes a figure.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="alt">A sentence that says what the picture shows.</param>
    /// <param name="traces">The marks.</param>
    /// <param name="layout">Axes, legend and words; title, templates and <c>meta</c> are added to it.</param>
    /// <param name="latest">The newest values, for pages that cannot draw.</param>
    /// <param name="note">A sentence about the data below the heading; null when there is none.</param>
    public Figure(string title, string alt, IReadOnlyList<Trace> traces, Layout layout, IReadOnlyList<Reading> latest, string? note = null)
    {
        Title = title;
        Alt = alt;
        Traces = traces;
        Latest = latest;
        Layout = layout with
        {
            Title = new LayoutTitle($"<b>{PlotlyText.Plain(title)}</b>{(note is null ? "" : $"<br><sup>{PlotlyText.Plain(note)}</sup>")}")
            {
                // Plotly hangs two lines by the middle of the first one.
                Pad = new TitlePadding(note is null ? 14 : 28),
            },
            Template = Template.Light,
            Meta = new Meta(alt, Template.Dark),
        };
        json = new Lazy<string>(() => new FigureJson(Traces, Layout).Write());
    }

    /// <summary>The heading.</summary>
    public string Title { get; }

    /// <summary>A sentence that says what the picture shows, computed from the data; also in <c>layout.meta.alt</c>.</summary>
    public string Alt { get; }

    /// <summary>The marks.</summary>
    public IReadOnlyList<Trace> Traces { get; }

    /// <summary>Title, axes, legend, words; the light template, with the dark one in <c>layout.meta.dark</c>.</summary>
    public Layout Layout { get; }

    /// <summary>The newest values, for pages that cannot draw.</summary>
    public IReadOnlyList<Reading> Latest { get; }

    /// <summary>The figure as Plotly reads it: one line of JSON with <c>data</c> and <c>layout</c>.</summary>
    public string ToJson() => json.Value;

    /// <summary>The title and the sentence.</summary>
    public override string ToString() => $"{Title}\n{Alt}";
}
