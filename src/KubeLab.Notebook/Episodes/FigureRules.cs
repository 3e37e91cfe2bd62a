using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>Every image says in words what it shows, and is there.</summary>
internal static partial class FigureRules
{
    public static void Check(Episode episode, string? folder, Action<int, string> report)
    {
        foreach (var line in EpisodeLint.TextLines(episode.Blocks))
        {
            foreach (Match image in MarkdownImage().Matches(line.Text))
            {
                // In the Workbench's form the brackets hold the caption; in the older form, the alternative text.
                var alt = BlockAttributes.Parse(image.Groups["attributes"].Value)["alt"]
                    ?? (episode.Dialect == EpisodeDialect.Jekyll ? image.Groups["caption"].Value : null);
                var target = image.Groups["target"].Value;
                if (string.IsNullOrWhiteSpace(alt))
                {
                    report(line.Number, $"the image {target} has no alternative text: write ![caption]({target}){{alt='what it shows'}}");
                }

                if (folder is not null && !target.Contains(':', StringComparison.Ordinal) && !File.Exists(Path.Combine(folder, target)))
                {
                    report(line.Number, $"the image {target} does not exist");
                }
            }

            foreach (Match image in HtmlImage().Matches(line.Text))
            {
                if (!HtmlAlt().IsMatch(image.Value))
                {
                    report(line.Number, "this <img> has no alternative text: write ![caption](file){alt='what it shows'} instead");
                }
            }
        }
    }

    /// <summary>A markdown image, with the attributes that may follow it.</summary>
    [GeneratedRegex(@"!\[(?<caption>[^\]]*)\]\((?<target>[^)\s]+)[^)]*\)(?:\{(?<attributes>[^}]*)\})?")]
    internal static partial Regex MarkdownImage();

    [GeneratedRegex("<img\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlImage();

    [GeneratedRegex("\\balt\\s*=\\s*[\"'][^\"']+[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlAlt();
}
