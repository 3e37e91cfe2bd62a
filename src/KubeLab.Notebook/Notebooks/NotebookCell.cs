using System.Collections.Immutable;
using System.Text.Json;

namespace KubeLab.Notebook.Notebooks;

/// <summary>One cell of a notebook.</summary>
public abstract record NotebookCell
{
    /// <summary>1 to 64 letters, digits, dashes and underscores, unique in the notebook.</summary>
    public required string Id { get; init; }

    /// <summary>The text of the cell, lines joined by <c>\n</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The cell's metadata, a JSON object.</summary>
    public JsonElement Metadata { get; init; } = CellMetadata.Empty;

    /// <summary>The tags in the metadata, for example <c>exercise</c> or <c>solution</c>.</summary>
    public IReadOnlyList<string> Tags => CellMetadata.Tags(Metadata);
}

/// <summary>A cell of text.</summary>
public sealed record MarkdownCell : NotebookCell;

/// <summary>A cell that is kept as it is and neither rendered nor run.</summary>
public sealed record RawCell : NotebookCell;

/// <summary>A cell of C#.</summary>
public sealed record CodeCell : NotebookCell
{
    /// <summary>Which run of the session produced the outputs, counted from 1; null when it has not run.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>What the run showed, in order.</summary>
    public ImmutableArray<CellOutput> Outputs { get; init; } = [];

    /// <summary>Whether the cell ended with an error.</summary>
    public bool HasFailed => Outputs.Any(output => output is ErrorOutput);
}
