using System.Net;
using KubeLab.Formatting;

namespace KubeLab.Lessons;

/// <summary>What a check found: passed or not yet, and what to look at next.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class CheckResult : IShown
{
    private CheckResult(bool isPassed, string message)
    {
        IsPassed = isPassed;
        Message = message;
    }

    /// <summary>The exercise, for example <c>E05.1</c>.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>Whether the exercise is solved.</summary>
    public bool IsPassed { get; }

    /// <summary>What was found, in a sentence that helps.</summary>
    public string Message { get; }

    /// <summary>The exercise is solved.</summary>
    public static CheckResult Passed(string message) => new(true, message);

    /// <summary>The exercise is not solved yet; <paramref name="message"/> names what is seen and where to look.</summary>
    public static CheckResult NotYet(string message) => new(false, message);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsPassed ? "✔" : "✘")} {Id} {(IsPassed ? "passed" : "not yet")}: {Message}";

    string IShown.ToHtml() =>
        $"<p class=\"kubelab-check\" data-exercise=\"{WebUtility.HtmlEncode(Id)}\" data-passed=\"{(IsPassed ? "true" : "false")}\" role=\"status\"><strong>{(IsPassed ? "✔" : "✘")} {WebUtility.HtmlEncode(Id)} "
        + $"{(IsPassed ? "passed" : "not yet")}:</strong> {WebUtility.HtmlEncode(Message)}</p>";

    internal CheckResult Of(string id) => new(IsPassed, Message) { Id = id };
}
