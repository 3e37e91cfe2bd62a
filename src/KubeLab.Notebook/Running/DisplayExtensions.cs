using System.Globalization;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>Showing as a method of every value: <c>value.Display()</c>.</summary>
public static class DisplayExtensions
{
    private static int last;

    /// <summary>Shows <paramref name="value"/> here and goes on; the answer can replace it later.</summary>
    public static DisplayedValue Display(this object? value) => Show(value, null);

    /// <summary>Shows a text as what it is written in: <c>"&lt;b&gt;hot&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">For example <c>text/html</c>, <c>text/markdown</c>, <c>image/svg+xml</c>.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return Show(value, mimeType);
    }

    internal static DisplayedValue Show(object? value, string? mimeType)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"display-{Interlocked.Increment(ref last)}");
        var shown = new DisplayedValue(CellSink.Current, id, mimeType);
        if (value is not null)
        {
            CellSink.Current?.Add(new DisplayOutput(shown.Bundle(value), id));
        }

        return shown;
    }
}
