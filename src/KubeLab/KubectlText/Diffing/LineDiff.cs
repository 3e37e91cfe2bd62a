namespace KubeLab.KubectlText.Diffing;

/// <summary>What has to go and what has to come so that one list of lines becomes another: as few lines as can be.</summary>
/// <seealso href="https://www.gnu.org/software/diffutils/manual/html_node/Overview.html">GNU diffutils</seealso>
internal static class LineDiff
{
    /// <summary>Marks the lines that go from <paramref name="before"/> and those that come in <paramref name="after"/>.</summary>
    public static (bool[] Gone, bool[] Come) Mark(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var (gone, come) = (new bool[before.Count], new bool[after.Count]);
        var lengths = CommonLengths(before, after);
        for (int i = 0, j = 0; i < before.Count || j < after.Count;)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (j == after.Count || (i < before.Count && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                gone[i++] = true;
            }
            else
            {
                come[j++] = true;
            }
        }

        Slide(before, gone);
        Slide(after, come);
        return (gone, come);
    }

    // How long the longest common sequence of the rest is, from each pair of lines on.
    private static int[,] CommonLengths(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    // Where a run of changes may stand at several places, it stands at the last, as GNU's does.
    private static void Slide(IReadOnlyList<string> lines, bool[] changed)
    {
        for (var start = 0; start < lines.Count;)
        {
            if (!changed[start])
            {
                start++;
                continue;
            }

            var end = start;
            while (end < lines.Count && changed[end])
            {
                end++;
            }

            while (end < lines.Count && !changed[end] && lines[start] == lines[end])
            {
                (changed[start++], changed[end++]) = (false, true);
                while (end < lines.Count && changed[end])
                {
                    end++;
                }
            }

            start = end;
        }
    }
}
