namespace KubeLab.Formatting;

/// <summary>A value that a notebook shows as text and as HTML.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
internal interface IShown
{
    /// <summary>As HTML, safe to put into a page.</summary>
    string ToHtml();
}
