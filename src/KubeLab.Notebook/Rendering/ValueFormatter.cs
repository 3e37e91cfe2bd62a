using System.Collections;
using System.Globalization;
using System.Net;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Rendering;

/// <summary>Turns any value into what a notebook shows: as text always, and richer where the value knows how.</summary>
public static class ValueFormatter
{
    /// <summary>The forms of <paramref name="value"/>; never empty, and never throws for what the value does when it is shown.</summary>
    public static MimeBundle Format(object value)
    {
        try
        {
            return ConventionFormatters.Format(value) ?? FormatPlain(value);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Text($"A {value.GetType().Name} that could not be shown: {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>A simple value as text, the same on every machine; null gives an empty text.</summary>
    internal static string PlainText(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    internal static bool IsSimple(object? value) => value is null or string or IFormattable or bool or Uri or Type;

    private static MimeBundle FormatPlain(object value)
    {
        switch (value)
        {
            case var simple when IsSimple(simple):
                return Text(PlainText(value));
            case Exception error:
                return Text($"{error.GetType().FullName}: {error.Message}");
            case IEnumerable items:
                return FormatSequence(items);
            default:
                return OverridesToString(value.GetType()) ? Text(value.ToString() ?? "") : FormatTable(TableOfValues.OfProperties(value));
        }
    }

    private static MimeBundle FormatSequence(IEnumerable items)
    {
        var rows = items.Cast<object?>().Take(TableOfValues.MaxRows + 1).ToList();
        if (rows.All(IsSimple))
        {
            var more = rows.Count > TableOfValues.MaxRows ? ", …" : "";
            return Text($"[{string.Join(", ", rows.Take(TableOfValues.MaxRows).Select(Item))}{more}]");
        }

        return FormatTable(TableOfValues.OfRows(rows));
    }

    private static string Item(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        _ => PlainText(value),
    };

    private static MimeBundle FormatTable(TableOfValues table) =>
        new([new MimeEntry(MimeTypes.Html, table.ToHtml()), new MimeEntry(MimeTypes.Text, table.ToText())]);

    private static MimeBundle Text(string text) => new([new MimeEntry(MimeTypes.Text, text)]);

    private static bool OverridesToString(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declaring && declaring != typeof(object)
            && declaring != typeof(ValueType);

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);
}
