using System.Globalization;
using System.Text.RegularExpressions;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>What an episode types, read from its fences: its kubectl lines, what it applies, and the time it lets pass.</summary>
/// <remarks>
/// The cells are not run but read: <c>Kubectl("…")</c> and <c>Apply(…)</c> with literal texts, <c>RunFor</c> with numbers; <c>RunUntil</c> is a minute.
/// What breaks machines has no command and is passed over.
/// </remarks>
internal static partial class EpisodeSteps
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<TextStep> Of(string text)
    {
        var steps = new List<TextStep>();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var fence in Fences(EpisodeParser.Parse("05-x.md", text).Blocks))
        {
            if (fence.Language == "kubectl")
            {
                steps.AddRange(fence.Code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => !line.StartsWith('#')).Select(line => new TextStep(Prefix().Replace(line, ""), null, null)));
            }
            else if (fence.Language == "csharp")
            {
                steps.AddRange(Calls(fence.Code, variables));
            }
        }

        return steps;
    }

    private static IEnumerable<TextStep> Calls(string code, Dictionary<string, string> variables)
    {
        foreach (Match match in Variable().Matches(code))
        {
            variables[match.Groups[1].Value] = Raw(match.Groups[2].Value);
        }

        foreach (Match match in Call().Matches(code))
        {
            var (verb, rest) = (match.Groups["verb"].Value, match.Groups["rest"]);
            if (verb == "RunUntil")
            {
                yield return new TextStep("", null, Usual);
            }
            else if (verb == "RunFor")
            {
                var seconds = match.Groups["number"].Value.Split('*').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).Aggregate((a, b) => a * b);
                yield return new TextStep("", null, TimeSpan.FromSeconds(seconds));
            }
            else if (verb == "Kubectl")
            {
                yield return new TextStep(match.Groups["line"].Value, match.Groups["stdin"] is { Success: true } name ? variables[name.Value] : null, null);
            }
            else
            {
                yield return new TextStep("apply -f -", match.Groups["raw"] is { Success: true } raw ? Raw(raw.Value) : variables[rest.Value], null);
            }
        }
    }

    /// <summary>A raw text without the indentation that its last line says.</summary>
    private static string Raw(string body)
    {
        var lines = body.Split('\n');
        var indent = lines[^1].Length;
        return string.Concat(lines[1..^1].Select(line => (line.Length >= indent ? line[indent..] : "") + "\n"));
    }

    private static IEnumerable<CodeFence> Fences(IEnumerable<EpisodeBlock> blocks) => blocks.SelectMany(block => block switch
    {
        CodeFence fence => [fence],
        Div div => Fences(div.Children),
        _ => Enumerable.Empty<CodeFence>(),
    });

    [GeneratedRegex(@"^(\$ )?kubectl ")]
    private static partial Regex Prefix();

    [GeneratedRegex("var (\\w+) = \"\"\"(.*?)\"\"\"", RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex(
        "cluster\\.(?:(?<verb>RunUntil)\\(|(?<verb>RunFor)\\((?<number>[\\d. *]+)\\)|(?<verb>Kubectl)\\(\"(?<line>[^\"]*)\"(?:, stdin: (?<stdin>\\w+))?\\)"
            + "|(?<verb>Apply)\\((?:\"\"\"(?<raw>.*?)\"\"\"|(?<rest>\\w+))\\))",
        RegexOptions.Singleline)]
    private static partial Regex Call();
}
