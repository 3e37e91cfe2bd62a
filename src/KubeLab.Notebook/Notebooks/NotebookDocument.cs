using System.Collections.Immutable;
using System.Text.Json;

namespace KubeLab.Notebook.Notebooks;

/// <summary>A notebook: cells in order, and metadata that says which kernel runs them.</summary>
/// <seealso href="https://nbformat.readthedocs.io/en/latest/format_description.html">The notebook file format, 4.5</seealso>
public sealed record NotebookDocument
{
    /// <summary>The cells in order.</summary>
    public ImmutableArray<NotebookCell> Cells { get; init; } = [];

    /// <summary>The notebook's metadata, a JSON object.</summary>
    public JsonElement Metadata { get; init; } = CellMetadata.Empty;

    /// <summary>The title: the first heading of level 1, or an empty text.</summary>
    public string Title =>
        Cells.OfType<MarkdownCell>().SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? "";

    /// <summary>How many cells hold code.</summary>
    public int CodeCellCount => Cells.Count(cell => cell is CodeCell);
}
