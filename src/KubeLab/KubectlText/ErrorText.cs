using System.Text;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText;

/// <summary>Says what went wrong as kubectl does.</summary>
/// <remarks>Upstream: k8s.io/kubectl/pkg/cmd/util, checkErr.</remarks>
internal static class ErrorText
{
    /// <summary>The text for one or more failures, its last line ended.</summary>
    public static string Of(IReadOnlyList<Exception> failures)
    {
        var text = failures.Count == 1 ? OfOne(failures[0]) : string.Concat(failures.Select(OfMany).Distinct());
        return text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
    }

    /// <summary>A refusal as one line: <c>Error from server (NotFound): pods "x" not found</c>.</summary>
    public static string OfStatus(StatusException refusal) =>
        refusal.Reason == "Unauthorized" ? $"error: You must be logged in to the server ({refusal.Message})"
        : refusal.Reason.Length > 0 ? $"Error from server ({refusal.Reason}): {refusal.Message}" : $"Error from server: {refusal.Message}";

    private static string OfOne(Exception failure) => failure switch
    {
        StatusException { IsInvalid: true } invalid => OfInvalid(invalid),
        StatusException refusal => OfStatus(refusal),
        _ => failure.Message,
    };

    private static string OfMany(Exception failure)
    {
        // In company an error of kubectl's own goes without the word.
        var text = failure is StatusException refusal ? OfStatus(refusal) : failure.Message;
        return (text.StartsWith("error: ", StringComparison.Ordinal) ? text["error: ".Length..] : text) + "\n";
    }

    private static string OfInvalid(StatusException invalid)
    {
        var (kind, name) = (invalid.Details["kind"].Text, invalid.Details["name"].Text);
        var causes = invalid.Details["causes"].Items.ToList();
        var text = new StringBuilder("The request is invalid");
        if (kind.Length > 0 || name.Length > 0)
        {
            text.Clear().Append("The ").Append(kind).Append(" \"").Append(name).Append("\" is invalid");
        }
        else if (causes.Count == 0)
        {
            text.Append(": ").Append(invalid.Message);
        }

        var lines = causes
            .Select(cause => cause["field"].Text is { Length: > 0 } field ? $"{field}: {cause["message"].Text}" : cause["message"].Text)
            .Distinct()
            .ToList();
        return lines.Count switch
        {
            0 => text.ToString(),
            1 => text.Append(": ").Append(lines[0]).Append('\n').ToString(),
            _ => text.Append(": \n").Append(string.Concat(lines.Select(line => $"* {line}\n"))).ToString(),
        };
    }
}
