using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>Durations as pools write them: <c>1h30m</c>, or <c>Never</c>.</summary>
internal static partial class KarpenterTime
{
    /// <summary>The duration; null for <c>Never</c>, for what is absent, and for what the schema would have refused.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text))
        {
            return null;
        }

        var span = TimeSpan.Zero;
        foreach (Match part in Part().Matches(text))
        {
            var amount = double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            span += part.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(amount),
                "m" => TimeSpan.FromMinutes(amount),
                _ => TimeSpan.FromSeconds(amount),
            };
        }

        return span;
    }

    [GeneratedRegex("^([0-9]{1,6}[smh])+$")]
    private static partial Regex Whole();

    [GeneratedRegex("([0-9]+)([smh])")]
    private static partial Regex Part();
}
