using System.Globalization;

namespace KubeLab.Http.Serving;

/// <summary>How long a watch may last: a client means its own seconds, so they are counted here and not by the cluster's clock.</summary>
/// <param name="Query">The query without the limit, if it is a watch's.</param>
/// <param name="Limit">The limit in the wall's time, or null.</param>
internal sealed record WatchTime(string Query, TimeSpan? Limit)
{
    private const string Name = "timeoutSeconds=";

    /// <summary>Reads the query of a request.</summary>
    public static WatchTime Read(string query)
    {
        var parts = query.Split('&');
        var isWatch = parts.Any(p => p.StartsWith("watch=", StringComparison.Ordinal) && p[6..].ToLowerInvariant() is "true" or "1" or "t");
        var given = parts.FirstOrDefault(p => p.StartsWith(Name, StringComparison.Ordinal));
        return isWatch && given is not null && uint.TryParse(given[Name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new(string.Join('&', parts.Where(p => !ReferenceEquals(p, given))), seconds is > 0 and < 1_000_000 ? TimeSpan.FromSeconds(seconds) : null)
            : new(query, null);
    }
}
