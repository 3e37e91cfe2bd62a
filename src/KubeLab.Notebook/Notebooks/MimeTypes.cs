namespace KubeLab.Notebook.Notebooks;

/// <summary>The MIME types that outputs use.</summary>
public static class MimeTypes
{
    /// <summary>Text, shown as it is in a fixed-width font.</summary>
    public const string Text = "text/plain";

    /// <summary>A piece of HTML.</summary>
    public const string Html = "text/html";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A vector picture.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>A Plotly figure: <c>{"data":[…],"layout":{…}}</c>.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";
}
