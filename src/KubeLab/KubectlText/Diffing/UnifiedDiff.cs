using System.Text;

namespace KubeLab.KubectlText.Diffing;

/// <summary>Two texts as <c>diff -u</c> compares them: changes with three lines around them.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The hunks; empty when the texts are equal.</summary>
    public static string Of(string before, string after)
    {
        var (left, right) = (Lines(before), Lines(after));
        var (gone, come) = LineDiff.Mark(left, right);
        var text = new StringBuilder();
        foreach (var hunk in Hunks(gone, come))
        {
            text.Append($"@@ -{Range(hunk.Left, hunk.LeftEnd)} +{Range(hunk.Right, hunk.RightEnd)} @@\n");
            for (int i = hunk.Left, j = hunk.Right; i < hunk.LeftEnd || j < hunk.RightEnd;)
            {
                if (i < hunk.LeftEnd && gone[i])
                {
                    text.Append('-').Append(left[i++]).Append('\n');
                }
                else if (j < hunk.RightEnd && come[j])
                {
                    text.Append('+').Append(right[j++]).Append('\n');
                }
                else
                {
                    text.Append(' ').Append(left[i++]).Append('\n');
                    j++;
                }
            }
        }

        return text.ToString();
    }

    private static List<(int Left, int LeftEnd, int Right, int RightEnd)> Hunks(bool[] gone, bool[] come)
    {
        var hunks = new List<(int Left, int LeftEnd, int Right, int RightEnd)>();
        for (int i = 0, j = 0; i < gone.Length || j < come.Length;)
        {
            var (left, right) = (i, j);
            while (i < gone.Length && gone[i])
            {
                i++;
            }

            while (j < come.Length && come[j])
            {
                j++;
            }

            if (i == left && j == right)
            {
                i++;
                j++;
                continue;
            }

            var begin = Math.Min(Context, Math.Min(left, right));
            var end = Math.Min(Context, Math.Min(gone.Length - i, come.Length - j));
            (int Left, int LeftEnd, int Right, int RightEnd) hunk = (left - begin, i + end, right - begin, j + end);
            if (hunks.Count > 0 && hunk.Left <= hunks[^1].LeftEnd)
            {
                hunks[^1] = hunks[^1] with { LeftEnd = hunk.LeftEnd, RightEnd = hunk.RightEnd };
            }
            else
            {
                hunks.Add(hunk);
            }
        }

        return hunks;
    }

    private static string Range(int start, int end) => (end - start) switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        var count => $"{start + 1},{count}",
    };

    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n')];
}
