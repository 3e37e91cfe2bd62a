using System.Globalization;
using System.Net;
using System.Text;
using KubeLab.Formatting;

namespace KubeLab.Explaining;

/// <summary>The story of an object in the order of time, why it is as it is now, and what to do next.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record ObjectStory : IShown
{
    private const int EntriesShown = 40;

    /// <summary>The object, for example <c>deployment/web</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>How it is now, in one sentence.</summary>
    public required string Now { get; init; }

    /// <summary>Its owners, itself, and what it made, each with its depth.</summary>
    public required IReadOnlyList<(string Name, int Depth, string State)> Family { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<StoryEntry> Entries { get; init; }

    /// <summary>What is wrong, the root causes first.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What to do next.</summary>
    public required IReadOnlyList<string> Next { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsWell => Problems.Count == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Now);
        foreach (var problem in Problems)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Why: {problem}");
        }

        foreach (var step in Next)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Next: {step}");
        }

        text.AppendLine("Family:");
        foreach (var (name, depth, state) in Family)
        {
            text.AppendLine($"{new string(' ', 2 + (2 * depth))}{name}  {state}".TrimEnd());
        }

        text.AppendLine("What happened:");
        foreach (var entry in Shown())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {entry}");
        }

        return text.ToString().TrimEnd();
    }

    string IShown.ToHtml()
    {
        var html = new StringBuilder("<div class=\"kubelab-story\">");
        html.Append(CultureInfo.InvariantCulture, $"<p><b>{Encode(Now)}</b></p>");
        foreach (var problem in Problems)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>Why: {Encode(problem)}</p>");
        }

        foreach (var step in Next)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>Next: {Encode(step)}</p>");
        }

        html.Append("<table><thead><tr><th>When</th><th>Object</th><th>What happened</th></tr></thead><tbody>");
        foreach (var entry in Shown())
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{entry.Time}</td><td>{Encode(entry.Object)}</td><td>{(entry.IsProblem ? "⚠ " : "")}{Encode(entry.Words)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Of a long story the beginning and the end.</summary>
    private IEnumerable<StoryEntry> Shown() => Entries.Count <= EntriesShown
        ? Entries
        : [.. Entries.Take(EntriesShown / 2), new(Entries[EntriesShown / 2].At, "", $"… {Entries.Count - EntriesShown} more …", false), .. Entries.TakeLast(EntriesShown / 2)];
}

/// <summary>One thing that happened.</summary>
/// <param name="At">When it first happened.</param>
/// <param name="Object">To what, for example <c>pod/web-1</c>.</param>
/// <param name="Words">What.</param>
/// <param name="IsProblem">Whether it is a warning.</param>
public sealed record StoryEntry(DateTimeOffset At, string Object, string Words, bool IsProblem)
{
    /// <summary>The time of day.</summary>
    public string Time => At.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => Object.Length == 0 ? $"{Time} {Words}" : $"{Time} {(IsProblem ? "! " : "")}{Object}: {Words}";
}
