namespace KubeLab.Scheduling.Plugins;

/// <summary>Brings raw scores into 0 to 100.</summary>
internal static class Normalization
{
    /// <summary>The greatest score becomes 100, the others in proportion, truncated; reversed, the greatest becomes 0. All zero and reversed: all 100.</summary>
    public static void Scale(Span<long> scores, bool reverse)
    {
        long max = 0;
        foreach (var score in scores)
        {
            max = Math.Max(max, score);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            var scaled = max == 0 ? 0 : scores[i] * 100 / max;
            scores[i] = reverse ? 100 - scaled : scaled;
        }
    }
}
