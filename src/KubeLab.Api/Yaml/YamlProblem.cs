using YamlDotNet.Core;

namespace KubeLab.Api.Yaml;

/// <summary>Says in upstream's words what the parser found, and where. Both parsers descend from libyaml, so most problems only need the
/// sentence around them taken away.</summary>
internal static class YamlProblem
{
    public static YamlSyntaxException Describe(YamlException error, string text, string? source)
    {
        var (problem, place) = (Problem(error.Message), error.Start);
        switch (problem)
        {
            case "found a tab character that violate indentation":
                (problem, place) = ("found a tab character that violates indentation", error.End);
                break;
            case "found invalid tab as indentation":
                return new("found character that cannot start any token", source, TabbedLine(text, place.Line), 1);
            case "found invalid mapping":
                problem = "mapping values are not allowed in this context";
                break;
            case "did not find expected key" when IsLoneWord(text, place.Line):
                problem = "could not find expected ':'";
                break;
        }

        return new(problem, source, place.Line, place.Column);
    }

    /// <summary>The scanner gives up in its own way when a plain word in braces is cut off by the next line's key.</summary>
    public static YamlSyntaxException CutOff(Mark place, string? source) =>
        new("did not find expected ',' or '}'", source, place.Line, place.Column);

    /// <summary>"While scanning a simple key, could not find expected ':'." has its problem behind the first comma.</summary>
    private static string Problem(string message)
    {
        if (message.StartsWith("While ", StringComparison.OrdinalIgnoreCase)
            && message.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma)
        {
            message = message[(comma + 2)..];
        }

        message = message.TrimEnd('.', ' ');
        return message.Length == 0 ? "unknown problem parsing YAML content" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private static long TabbedLine(string text, long from)
    {
        var lines = text.Split('\n');
        for (var line = from; line < lines.Length; line++)
        {
            var content = lines[line];
            if (content[..(content.Length - content.TrimStart().Length)].Contains('\t', StringComparison.Ordinal))
            {
                return line + 1;
            }
        }

        return from;
    }

    /// <summary>Whether a line holds a word that was meant to be a key.</summary>
    private static bool IsLoneWord(string text, long line)
    {
        var content = text.Split('\n').ElementAtOrDefault((int)line - 1)?.Trim() ?? "";
        return content.Length > 0 && !content.Contains(':', StringComparison.Ordinal) && !content.StartsWith('-');
    }
}
