using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>Spans of time as Go writes them, for example <c>1m30s</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Reads a span; null when it is not one.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text is "0" or "-0" or "+0")
        {
            return TimeSpan.Zero;
        }

        var match = Shape().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var seconds = 0.0;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            var number = double.Parse(match.Groups["number"].Captures[i].ValueSpan, CultureInfo.InvariantCulture);
            seconds += number * match.Groups["unit"].Captures[i].Value switch
            {
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                "ms" => 1e-3,
                "ns" => 1e-9,
                _ => 1e-6,
            };
        }

        return TimeSpan.FromSeconds(text.StartsWith('-') ? -seconds : seconds);
    }

    [GeneratedRegex(@"^[-+]?(?:(?<number>[0-9]+\.?[0-9]*|\.[0-9]+)(?<unit>ns|us|µs|ms|s|m|h))+$")]
    private static partial Regex Shape();
}
