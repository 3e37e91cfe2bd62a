using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeLab.Notebook.Episodes;

/// <summary>Reads the older form: block quotes and fences that a following line such as <c>{: .challenge}</c> gives a role.</summary>
/// <seealso href="https://carpentries.github.io/lesson-example/04-formatting/index.html">Formatting of the older lessons</seealso>
internal sealed partial class JekyllReader(string file, List<EpisodeProblem> problems)
{
    public ImmutableArray<EpisodeBlock> Read(IReadOnlyList<SourceLine> lines)
    {
        var blocks = ImmutableArray.CreateBuilder<EpisodeBlock>();
        var prose = new ProseBuffer(blocks);
        for (var at = 0; at < lines.Count;)
        {
            var line = lines[at];
            if (Fence.Open(line.Text) is { } fence)
            {
                prose.Flush();
                blocks.Add(ReadFence(lines, ref at, fence));
            }
            else if (line.Text.StartsWith('>'))
            {
                ReadQuote(lines, ref at, blocks, prose);
            }
            else
            {
                if (!IsDirective(line.Text))
                {
                    prose.Add(line);
                }

                at++;
            }
        }

        prose.Flush();
        return blocks.ToImmutable();
    }

    /// <summary>Template tags and class lines of tables and lists say nothing to a reader.</summary>
    private static bool IsDirective(string line) => ClassLine().IsMatch(line) || TemplateTag().IsMatch(line);

    private void ReadQuote(IReadOnlyList<SourceLine> lines, ref int at, ImmutableArray<EpisodeBlock>.Builder blocks, ProseBuffer prose)
    {
        var start = at;
        while (at < lines.Count && lines[at].Text.StartsWith('>'))
        {
            at++;
        }

        var quoted = lines.Skip(start).Take(at - start).ToList();
        if (Class(lines, at) is not { } name)
        {
            quoted.ForEach(prose.Add);
            return;
        }

        at++;
        prose.Flush();
        var inner = Read([.. quoted.Select(line => line with { Text = Unquote(line.Text) })]);
        blocks.Add(new Div(quoted[0].Number, name, BlockAttributes.None, inner));
    }

    private CodeFence ReadFence(IReadOnlyList<SourceLine> lines, ref int at, Fence fence)
    {
        var open = lines[at++];
        var code = new List<string>();
        while (at < lines.Count && !fence.IsClosedBy(lines[at].Text))
        {
            code.Add(lines[at++].Text);
        }

        if (at++ >= lines.Count)
        {
            problems.Add(new EpisodeProblem(file, open.Number,
                $"this code fence is never closed: end it with {new string(fence.Mark, fence.Length)}"));
        }

        var language = fence.Language;
        if (Class(lines, at) is { } name)
        {
            at++;
            language = name.StartsWith("language-", StringComparison.Ordinal) ? name["language-".Length..] : name;
        }

        return new CodeFence(open.Number, language, fence.Attributes, string.Join('\n', code));
    }

    private static string? Class(IReadOnlyList<SourceLine> lines, int at) =>
        at < lines.Count && ClassLine().Match(lines[at].Text) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;

    private static string Unquote(string line) => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line[1..];

    [GeneratedRegex(@"^\{:\s*\.([\w-]+)[^}]*\}\s*$")]
    private static partial Regex ClassLine();

    [GeneratedRegex(@"^\{%.*%\}\s*$")]
    private static partial Regex TemplateTag();
}
