using System.Globalization;

namespace KubeLab.Client.Http;

/// <summary>Whether a refused request is worth sending again, and after which pause.</summary>
/// <remarks>
/// As client-go, a server that names the time in <c>Retry-After</c> is believed for every request: it has done nothing yet. Without it only reads are sent
/// again, after pauses that double, because nobody knows whether a write was done.
/// </remarks>
internal static class RetryPolicy
{
    /// <summary>How often a request is sent again when the server says when.</summary>
    public const int RetriesMax = 10;

    /// <summary>How often a read is sent again when the server does not say.</summary>
    public const int UnaskedRetriesMax = 4;

    /// <summary>The longest pause that is waited for; a server that wants more is not waited for.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause before the next attempt, or null when there is none.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="code">The answer's status code.</param>
    /// <param name="retryAfter">The answer's <c>Retry-After</c> header, or null.</param>
    /// <param name="retries">How often it was sent again already.</param>
    /// <param name="now">The wall's time, for a header that names an instant.</param>
    public static TimeSpan? Pause(HttpMethod method, int code, string? retryAfter, int retries, DateTimeOffset now)
    {
        if (code != 429 && code < 500)
        {
            return null;
        }

        if (Named(retryAfter, now) is { } named)
        {
            return retries < RetriesMax && named <= PauseMax ? named : null;
        }

        var isRead = method == HttpMethod.Get || method == HttpMethod.Head;
        return isRead && code != 501 && retries < UnaskedRetriesMax ? First * Math.Pow(2, retries) : null;
    }

    /// <summary>Whether a read is sent once more when its connection broke before an answer came: it may have been an old one.</summary>
    public static bool IsWorthANewConnection(HttpMethod method, HttpRequestError error, int retries) =>
        method == HttpMethod.Get && retries == 0 && error is HttpRequestError.ResponseEnded or HttpRequestError.Unknown;

    private static TimeSpan? Named(string? header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return null;
        }

        if (long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, (long)PauseMax.TotalSeconds + 1));
        }

        return DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at > now ? at - now : TimeSpan.Zero
            : null;
    }
}
