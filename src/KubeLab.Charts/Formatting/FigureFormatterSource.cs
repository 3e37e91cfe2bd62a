namespace KubeLab.Charts.Formatting;

/// <summary>Lists how a <see cref="Figure"/> can be shown: drawn by the front end, drawn by Plotly in HTML, or told in words.</summary>
internal sealed class FigureFormatterSource
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Html = "text/html";
    public const string Text = "text/plain";

    private readonly FigureFormatter[] formatters =
    [
        new(Plotly, (figure, writer) => writer.Write(figure.ToJson())),
        new(Html, FigureHtml.Write),
        new(Text, (figure, writer) => writer.Write(figure.ToString())),
    ];

    /// <summary>Notebooks call it by this name, on an instance from the public parameterless constructor.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}
