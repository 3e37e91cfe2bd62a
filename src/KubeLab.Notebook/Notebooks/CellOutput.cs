using System.Collections.Immutable;

namespace KubeLab.Notebook.Notebooks;

/// <summary>One thing a cell showed while it ran.</summary>
public abstract record CellOutput;

/// <summary>Text written to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text as written.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value shown by <c>display(…)</c>.</summary>
/// <param name="Data">The value by MIME type.</param>
/// <param name="DisplayId">The name under which it can be replaced while the session lives, or null; not kept in files.</param>
public sealed record DisplayOutput(MimeBundle Data, string? DisplayId = null) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="ExecutionCount">Which run produced it, counted from 1.</param>
/// <param name="Data">The value by MIME type.</param>
public sealed record ResultOutput(int ExecutionCount, MimeBundle Data) : CellOutput;

/// <summary>The error that ended the cell.</summary>
/// <param name="Name">The kind, for example <c>CS0103</c> or <c>System.InvalidOperationException</c>.</param>
/// <param name="Message">What went wrong, on one or more lines.</param>
/// <param name="Line">The line in the cell, counted from 1; 0 when unknown.</param>
/// <param name="Traceback">The message again with the marked source, as lines to print.</param>
public sealed record ErrorOutput(string Name, string Message, int Line, ImmutableArray<string> Traceback) : CellOutput;
