using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Rendering;

namespace KubeLab.Notebook.Running;

/// <summary>Something shown, which can be replaced in its place: <c>var d = display("0 %"); …; d.Update("50 %");</c></summary>
/// <remarks>Its twin is <c>DisplayedValue</c> of .NET Interactive. As the last expression of a cell it shows nothing of its own.</remarks>
public sealed class DisplayedValue
{
    private readonly CellSink? sink;
    private readonly string mimeType;

    internal DisplayedValue(CellSink? sink, string displayId, string? mimeType)
    {
        this.sink = sink;
        DisplayId = displayId;
        this.mimeType = mimeType ?? "";
    }

    /// <summary>The name of the place, unique in the session.</summary>
    public string DisplayId { get; }

    /// <summary>Shows <paramref name="value"/> where the earlier one stands, also from a later cell.</summary>
    public void Update(object? value) => (CellSink.Current ?? sink)?.Update(new DisplayOutput(Bundle(value), DisplayId));

    internal MimeBundle Bundle(object? value) => mimeType switch
    {
        "" => ValueFormatter.Format(value ?? "null"),
        MimeTypes.Text => new MimeBundle([new MimeEntry(MimeTypes.Text, ValueFormatter.PlainText(value))]),
        _ => new MimeBundle([new MimeEntry(mimeType, ValueFormatter.PlainText(value)), new MimeEntry(MimeTypes.Text, ValueFormatter.PlainText(value))]),
    };
}
