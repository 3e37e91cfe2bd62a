namespace KubeLab.Charts.Plotly;

/// <summary>Words for Plotly, which reads a little HTML in every text.</summary>
internal static class PlotlyText
{
    /// <summary>The words without meaning as markup, on one line.</summary>
    public static string Plain(string words) => words
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace('\n', ' ');

    /// <summary>The words for use inside a hover template, where a percent sign with a brace starts a variable.</summary>
    public static string InTemplate(string words) => Plain(words).Replace("%{", "% {", StringComparison.Ordinal);

    /// <summary>At most <paramref name="lengthMax"/> letters; of longer words the middle goes, since names differ at both ends.</summary>
    public static string Short(string words, int lengthMax)
    {
        if (words.Length <= lengthMax)
        {
            return words;
        }

        var tail = (lengthMax - 1) / 2;
        return $"{words[..(lengthMax - 1 - tail)]}…{words[^tail..]}";
    }
}
