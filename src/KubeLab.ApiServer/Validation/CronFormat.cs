using System.Globalization;

namespace KubeLab.ApiServer.Validation;

/// <summary>Whether a schedule is written as cron reads it, and what is wrong if not.</summary>
/// <remarks>The words are those of the cron library that upstream uses.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">Schedule syntax</seealso>
internal static class CronFormat
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The least and the greatest number of each field, and the words that stand for numbers from the least on.</summary>
    private static readonly (int Least, int Greatest, string[] Words)[] Fields =
        [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 6, Days)];

    /// <summary>What is wrong with <paramref name="schedule"/>, or null.</summary>
    public static string? Problem(string schedule)
    {
        if (schedule.StartsWith('@'))
        {
            return Descriptor(schedule);
        }

        var parts = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length != Fields.Length
            ? string.Create(CultureInfo.InvariantCulture, $"expected exactly 5 fields, found {parts.Length}: [{string.Join(' ', parts)}]")
            : parts.Zip(Fields, (part, field) => part.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => Range(r, field.Least, field.Greatest, field.Words))
                .FirstOrDefault(p => p is not null)).FirstOrDefault(p => p is not null);
    }

    private static string? Descriptor(string word) => word switch
    {
        "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly" => null,
        _ when word.StartsWith("@every ", StringComparison.Ordinal) && word.Length > 7 && char.IsAsciiDigit(word[7]) && char.IsAsciiLetter(word[^1]) => null,
        _ when word.StartsWith("@every ", StringComparison.Ordinal) => $"failed to parse duration {word}: time: invalid duration \"{word[7..]}\"",
        _ => $"unrecognized descriptor: {word}",
    };

    private static string? Range(string text, int least, int greatest, string[] words)
    {
        var steps = text.Split('/');
        var ends = steps[0].Split('-');
        var (from, to) = (least, greatest);
        if (ends[0] is not ("*" or "?"))
        {
            if (Number(ends[0], least, words, out from) is { } bad)
            {
                return bad;
            }

            if (ends.Length > 2)
            {
                return $"too many hyphens: {text}";
            }

            to = from;
            if (ends.Length == 2 && Number(ends[1], least, words, out to) is { } badEnd)
            {
                return badEnd;
            }
        }

        var step = 1;
        if (steps.Length > 2)
        {
            return $"too many slashes: {text}";
        }

        if (steps.Length == 2)
        {
            if (Number(steps[1], 0, [], out step) is { } badStep)
            {
                return badStep;
            }

            to = ends.Length == 1 ? greatest : to;
        }

        return (from < least, greatest < to, to < from, step == 0) switch
        {
            (true, _, _, _) => Text($"beginning of range ({from}) below minimum ({least}): {text}"),
            (_, true, _, _) => Text($"end of range ({to}) above maximum ({greatest}): {text}"),
            (_, _, true, _) => Text($"beginning of range ({from}) beyond end of range ({to}): {text}"),
            (_, _, _, true) => $"step of range should be a positive number: {text}",
            _ => null,
        };
    }

    private static string? Number(string text, int least, string[] words, out int number)
    {
        if (Array.FindIndex(words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is var place and >= 0)
        {
            number = least + place;
            return null;
        }

        return !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? $"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax"
            : number < 0 ? Text($"negative number ({number}) not allowed: {text}") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
