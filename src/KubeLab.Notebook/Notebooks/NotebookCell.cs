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

    /// <summary>What the episode says the cell prints, or null when it does not say.</summary>
    public string? ExpectedOutput => CellMetadata.Lab(Metadata, "output");

    /// <summary>The check of the exercise that the cell belongs to, for example <c>E05.1</c>, or null.</summary>
    public string? CheckId => CellMetadata.Lab(Metadata, "check");

    /// <summary>The prediction that the cell stores, for example <c>P05.1</c>, or null.</summary>
    public string? PredictionId => CellMetadata.Lab(Metadata, "prediction");

    /// <summary>All outputs as a reader without pictures sees them: console text, and each value's <c>text/plain</c> form, line by line.</summary>
    public string OutputText => string.Join('\n', Outputs.Select(TextOf).Where(text => text.Length > 0));

    private static string TextOf(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text.TrimEnd('\n'),
        DisplayOutput display => display.Data[MimeTypes.Text]?.TrimEnd('\n') ?? "",
        ResultOutput result => result.Data[MimeTypes.Text]?.TrimEnd('\n') ?? "",
        ErrorOutput error => string.Join('\n', error.Traceback),
        _ => "",
    };
}
