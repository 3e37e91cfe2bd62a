using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>
/// Cells that begin with <c>%%kubectl</c> or <c>%%yaml</c>: sugar for calls on the variable <c>cluster</c>. As plain C# the same cell runs
/// in any C# kernel.
/// </summary>
internal static class MagicCells
{
    public static bool IsMagic(string code) => code.TrimStart().StartsWith("%%", StringComparison.Ordinal);

    /// <summary>The C# that such a cell means; other cells as they are. Line numbers are kept where a line stays a line.</summary>
    /// <exception cref="FormatException">There is no such magic; the message names those there are.</exception>
    public static string ToCSharp(string code)
    {
        if (!IsMagic(code))
        {
            return code;
        }

        var text = code.TrimStart().ReplaceLineEndings("\n");
        var (head, body) = text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? (text[..end], text[(end + 1)..]) : (text, "");
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var variable = words.Length > 1 ? words[1] : "cluster";
        return words[0] switch
        {
            "%%kubectl" => "\n" + KubectlCells.ToCSharp(body, variable),
            "%%yaml" => $"{variable}.Apply({Raw(body)})",
            var other => throw new FormatException($"'{other}' is not known here: a cell may begin with %%kubectl or %%yaml, or hold C#"),
        };
    }

    /// <summary>The text as a raw literal, with one quote more than it has in a row.</summary>
    private static string Raw(string body)
    {
        var quotes = new string('"', Math.Max(3, LongestRun(body) + 1));
        return $"{quotes}\n{body.TrimEnd('\n')}\n{quotes}";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
