using System.Text.RegularExpressions;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Rewrites the Workbench's own markdown as markdown that every notebook front end shows well.</summary>
internal sealed partial class EpisodeMarkdown(NotebookBuilderOptions options, EpisodeDialect dialect)
{
    public NotebookBuilderOptions Options => options;

    /// <summary>Text without comments, with figures as the notebook's folder reaches them and their captions below.</summary>
    public string Text(string prose)
    {
        var text = Comment().Replace(prose, "");
        text = FigureRules.MarkdownImage().Replace(text, Image);
        return ManyBlankLines().Replace(text, "\n\n").Trim();
    }

    /// <summary>A fence that is read and not run.</summary>
    public static string Fenced(CodeFence fence)
    {
        var marks = LongestRun(fence.Code) >= 3 ? new string('`', LongestRun(fence.Code) + 1) : "```";
        var language = fence.IsOutput ? "text" : fence.Language == "kubectl" ? "bash" : fence.Language;
        var code = fence.Language == "kubectl" ? WithKubectl(fence.Code) : fence.Code;
        var name = fence.Attributes["file"] is { } file ? $"**`{file}`**\n\n" : "";
        return $"{name}{marks}{language}\n{code}\n{marks}";
    }

    /// <summary>A part that opens at a click; plain HTML that Jupyter, VS Code and the lab's page all know.</summary>
    public static string Folded(string summary, string content) => $"<details>\n<summary>{summary}</summary>\n\n{content}\n\n</details>";

    /// <summary>A quotation with a bold first line, readable even as plain text.</summary>
    public static string Quoted(string title, string content) =>
        string.Join('\n', $"**{title}**\n\n{content}".TrimEnd().Split('\n').Select(line => line.Length == 0 ? ">" : $"> {line}"));

    private static int LongestRun(string code)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string WithKubectl(string code) =>
        string.Join('\n', code.Split('\n').Select(line =>
            line.Length == 0 || line.StartsWith('#') || line.StartsWith("kubectl ", StringComparison.Ordinal) ? line : $"kubectl {line}"));

    private string Image(Match image)
    {
        var caption = image.Groups["caption"].Value;
        var alt = BlockAttributes.Parse(image.Groups["attributes"].Value)["alt"] ?? caption;
        var target = image.Groups["target"].Value;
        var isLocal = !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('/');
        var picture = $"![{alt}]({(isLocal ? options.EpisodeFolder : "")}{target})";
        return dialect == EpisodeDialect.Jekyll || caption.Length == 0 || caption == alt ? picture : $"{picture}\n\n*{caption}*";
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\n[ \t]*\n(?:[ \t]*\n)+")]
    private static partial Regex ManyBlankLines();
}
