namespace KubeLab.Notebook.Kernel;

/// <summary>Jupyter counts a cursor in Unicode code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The index in <paramref name="text"/> of a cursor counted in code points, at most its end.</summary>
    public static int ToIndex(string text, int cursor)
    {
        var index = 0;
        for (; cursor > 0 && index < text.Length; cursor--)
        {
            index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1;
        }

        return index;
    }

    /// <summary>How many code points come before <paramref name="index"/>.</summary>
    public static int FromIndex(string text, int index) => index - text.AsSpan(0, index).Count(char.IsLowSurrogate);

    private static int Count(this ReadOnlySpan<char> text, Func<char, bool> predicate)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += predicate(c) ? 1 : 0;
        }

        return count;
    }
}
