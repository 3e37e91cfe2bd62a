using System.Globalization;
using KubeLab.Simulation;

namespace KubeLab.Http.Serving;

/// <summary>How long a watch may last: a client means its own seconds, so they are counted here and not by the cluster's clock.</summary>
/// <param name="Query">The query without the limit, if it is a watch's.</param>
/// <param name="Limit">The limit in the wall's time; null leaves it to the server, as 0 does.</param>
internal sealed record WatchTime(string Query, TimeSpan? Limit)
{
    private const string Name = "timeoutSeconds=";

    /// <summary>A month; whoever asks for more asks for no limit.</summary>
    private const uint SecondsMax = 31 * 24 * 3600;

    /// <summary>How long one lasts whose client does not say: once to twice the least, so that those that began together do not all begin anew together.</summary>
    public static TimeSpan Spread(TimeSpan least, Randomness chance) => least * (1 + chance.NextDouble());

    /// <summary>Reads the query of a request.</summary>
    public static WatchTime Read(string query)
    {
        var parts = query.Split('&');
        var isWatch = parts.Any(p => p.StartsWith("watch=", StringComparison.Ordinal) && p[6..].ToLowerInvariant() is "true" or "1" or "t");
        var given = parts.FirstOrDefault(p => p.StartsWith(Name, StringComparison.Ordinal));
        return isWatch && given is not null && uint.TryParse(given[Name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new(string.Join('&', parts.Where(p => !ReferenceEquals(p, given))), seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, SecondsMax)) : null)
            : new(query, null);
    }
}
