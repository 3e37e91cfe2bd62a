using System.Globalization;
using KubeLab.Api;

namespace KubeLab.ApiServer.Validation;

/// <summary>Whether a list of completion indexes is written as the API wants it: <c>1,3-5,7</c>, rising.</summary>
/// <remarks>Upstream: validateIndexesFormat in pkg/apis/batch/validation/validation.go.</remarks>
internal static class IndexFormat
{
    /// <summary>What is wrong with <paramref name="text"/>, or null.</summary>
    /// <param name="text">The list.</param>
    /// <param name="completions">Indexes are less than this.</param>
    /// <param name="count">How many indexes it names; 0 when something is wrong.</param>
    public static string? Problem(string text, int completions, out int count)
    {
        count = 0;
        var total = 0;
        int? last = null;
        foreach (var part in text.Length == 0 ? [] : text.Split(','))
        {
            if (Interval(part, completions, out var first, out var end) is { } problem)
            {
                return problem;
            }

            if (last >= first)
            {
                return Text($"non-increasing order, previous: {last}, current: {first}");
            }

            total += end - first + 1;
            last = end;
        }

        count = total;
        return null;
    }

    /// <summary>The first index that both lists name; null when there is none. What cannot be read is left out.</summary>
    public static int? Overlap(string left, string right, int completions)
    {
        var mine = Readable(left, completions);
        foreach (var (first, last) in Readable(right, completions))
        {
            foreach (var (from, to) in mine)
            {
                if (from <= last && first <= to)
                {
                    return Math.Max(from, first);
                }
            }
        }

        return null;
    }

    private static List<(int First, int Last)> Readable(string text, int completions)
    {
        var read = new List<(int, int)>();
        foreach (var part in text.Length == 0 ? [] : text.Split(','))
        {
            if (Interval(part, completions, out var first, out var last) is null)
            {
                read.Add((first, last));
            }
        }

        return read;
    }

    private static string? Interval(string text, int completions, out int first, out int last)
    {
        var ends = text.Split('-');
        (first, last) = (0, 0);
        if (ends.Length > 2)
        {
            return $"the fragment {GoQuote.Quote(text)} violates the requirement that an index interval can have at most two parts separated by '-'";
        }

        if (End(ends[0], completions, out first) is { } problem)
        {
            return problem;
        }

        last = first;
        if (ends.Length == 1)
        {
            return null;
        }

        return End(ends[1], completions, out last) ?? (first >= last ? Text($"non-increasing order, previous: {first}, current: {last}") : null);
    }

    private static string? End(string text, int completions, out int index) =>
        !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index)
            ? $"cannot convert string to integer for index: {GoQuote.Quote(text)}"
            : index >= completions ? $"too large index: {GoQuote.Quote(text)}" : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
