using System.Text;
using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Reports;

/// <summary>Lets the few tags through that the lab's own markdown uses, without attributes, and shows all others as text.</summary>
internal static partial class SafeHtml
{
    private static readonly string[] Allowed = ["details", "summary", "br", "kbd", "sub", "sup"];

    public static string Filter(string html)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            result.Append(Escape(html[at..tag.Index]));
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var isOpen = tag.Groups["close"].Length == 0;
            result.Append(Allowed.Contains(name) ? $"<{(isOpen ? "" : "/")}{name}>" : HtmlReport.Encode(tag.Value));
            at = tag.Index + tag.Length;
        }

        return result.Append(Escape(html[at..])).ToString();
    }

    /// <summary>Entities stay entities; a lone bracket that no tag explains becomes text.</summary>
    private static string Escape(string text) =>
        text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex("<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?:\\s[^<>]*)?/?>")]
    private static partial Regex Tag();
}
