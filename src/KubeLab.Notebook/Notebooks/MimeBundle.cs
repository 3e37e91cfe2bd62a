using System.Collections.Immutable;

namespace KubeLab.Notebook.Notebooks;

/// <summary>One value in several forms; a front end shows the richest form it knows.</summary>
/// <param name="Entries">MIME type and text, in the order of the value's preference. JSON types hold JSON text.</param>
public sealed record MimeBundle(ImmutableArray<MimeEntry> Entries)
{
    /// <summary>The text in the given MIME type, or null.</summary>
    public string? this[string mimeType] => Entries.FirstOrDefault(entry => entry.MimeType == mimeType)?.Text;
}

/// <summary>One form of a value.</summary>
/// <param name="MimeType">For example <c>text/html</c>.</param>
/// <param name="Text">The value in that form.</param>
public sealed record MimeEntry(string MimeType, string Text)
{
    /// <summary>Whether a notebook file stores it as JSON and not as lines of text.</summary>
    public bool IsJson => MimeType == "application/json" || MimeType.EndsWith("+json", StringComparison.Ordinal);
}
