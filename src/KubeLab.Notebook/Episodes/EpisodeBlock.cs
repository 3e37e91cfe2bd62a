using System.Collections.Immutable;

namespace KubeLab.Notebook.Episodes;

/// <summary>A part of an episode: text, a code fence, or a div that holds more parts.</summary>
/// <param name="Line">The line it starts on, counted from 1.</param>
public abstract record EpisodeBlock(int Line);

/// <summary>Markdown between fences and divs: headings, paragraphs, lists, tables, figures.</summary>
/// <param name="Line">The line of its first line of text.</param>
/// <param name="Text">The markdown, without blank lines around it.</param>
public sealed record Prose(int Line, string Text) : EpisodeBlock(Line);

/// <summary>A fenced piece of code, YAML, or output.</summary>
/// <param name="Line">The line of the opening fence; the code starts one line below.</param>
/// <param name="Language">The language in lower case, for example <c>csharp</c>; empty when the fence names none.</param>
/// <param name="Attributes">What stands in braces after the language, for example <c>file=pod.yaml</c>.</param>
/// <param name="Code">The lines between the fences, joined by <c>\n</c>, without a final line break.</param>
public sealed record CodeFence(int Line, string Language, BlockAttributes Attributes, string Code) : EpisodeBlock(Line)
{
    /// <summary>Whether the notebook runs it: C#, or kubectl lines.</summary>
    public bool IsRunnable => Language is "csharp" or "kubectl";

    /// <summary>The one target that it runs on (<c>{only=simulated}</c>); null when it runs on all of the episode's.</summary>
    public string? Only => Attributes["only"];

    /// <summary>Whether it shows what the code above it prints.</summary>
    public bool IsOutput => Language is "output" or "error" or "warning";
}

/// <summary>A block with a role: challenge, hint, solution, callout, and so on.</summary>
/// <param name="Line">The line it opens on.</param>
/// <param name="Name">The role in lower case, for example <c>challenge</c>.</param>
/// <param name="Attributes">Further classes, an id, and key-value pairs.</param>
/// <param name="Children">Its parts in reading order.</param>
public sealed record Div(int Line, string Name, BlockAttributes Attributes, ImmutableArray<EpisodeBlock> Children) : EpisodeBlock(Line)
{
    /// <summary>Whether it asks the learner for a guess before the run (<c>::: callout {.prediction #P05.1}</c>).</summary>
    public bool IsPrediction => Attributes.Classes.Contains("prediction");

    /// <summary>This div and all divs inside it, in reading order.</summary>
    public IEnumerable<Div> SelfAndInner() => Children.OfType<Div>().SelectMany(inner => inner.SelfAndInner()).Prepend(this);
}
