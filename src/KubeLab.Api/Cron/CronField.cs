using System.Globalization;

namespace KubeLab.Api.Cron;

/// <summary>One field of a schedule: its bounds and the words that stand for numbers.</summary>
internal sealed record CronField(int Least, int Greatest, string[] Words)
{
    /// <summary>Minute, hour, day of month, month, day of week.</summary>
    public static IReadOnlyList<CronField> All { get; } =
    [
        new(0, 59, []),
        new(0, 23, []),
        new(1, 31, []),
        new(1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new(0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>Reads a list of ranges; returns what is wrong, or null.</summary>
    public string? TryParse(string text, out CronBits bits)
    {
        bits = default;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Range(part, out var range) is { } problem)
            {
                return problem;
            }

            bits |= range;
        }

        return null;
    }

    private string? Range(string text, out CronBits bits)
    {
        bits = default;
        var steps = text.Split('/');
        var ends = steps[0].Split('-');
        var isStar = ends[0] is "*" or "?";
        if (Ends(text, ends, isStar, out var from, out var to) is { } problem)
        {
            return problem;
        }

        var step = 1;
        if (steps.Length > 2)
        {
            return $"too many slashes: {text}";
        }

        if (steps.Length == 2)
        {
            if (Number(steps[1], [], out step) is { } badStep)
            {
                return badStep;
            }

            // "N/step" means from N to the greatest.
            to = ends.Length == 1 ? Greatest : to;
        }

        if (Misfit(text, from, to, step) is { } misfit)
        {
            return misfit;
        }

        // With a step a star is no longer one: it counts as a set of days like any other.
        bits = CronBits.Range(from, to, step, isStar && step == 1);
        return null;
    }

    private string? Ends(string text, string[] ends, bool isStar, out int from, out int to)
    {
        (from, to) = (Least, Greatest);
        if (isStar)
        {
            return null;
        }

        if (Number(ends[0], Words, out from) is { } problem)
        {
            return problem;
        }

        to = from;
        return ends.Length switch
        {
            1 => null,
            2 => Number(ends[1], Words, out to),
            _ => $"too many hyphens: {text}",
        };
    }

    private string? Misfit(string text, int from, int to, int step) => (from < Least, Greatest < to, to < from, step == 0) switch
    {
        (true, _, _, _) => Text($"beginning of range ({from}) below minimum ({Least}): {text}"),
        (_, true, _, _) => Text($"end of range ({to}) above maximum ({Greatest}): {text}"),
        (_, _, true, _) => Text($"beginning of range ({from}) beyond end of range ({to}): {text}"),
        (_, _, _, true) => $"step of range should be a positive number: {text}",
        _ => null,
    };

    private string? Number(string text, string[] words, out int number)
    {
        if (Array.FindIndex(words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is var place and >= 0)
        {
            number = Least + place;
            return null;
        }

        return !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? $"failed to parse int from {text}: strconv.Atoi: parsing {GoQuote.Quote(text)}: invalid syntax"
            : number < 0 ? Text($"negative number ({number}) not allowed: {text}") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
