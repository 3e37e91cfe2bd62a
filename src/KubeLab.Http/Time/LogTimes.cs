using System.Globalization;
using System.Text;
using KubeLab.ApiServer.Http;

namespace KubeLab.Http.Time;

/// <summary>The instants of a log: those before its lines, and the one from which on it is asked for.</summary>
internal static class LogTimes
{
    private const string Since = "sinceTime=";
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'";
    private const int Length = 30;

    /// <summary>Whether the lines of the answer begin with instants.</summary>
    public static bool AreIn(ApiRequest request) => request.Path.EndsWith("/log", StringComparison.Ordinal)
        && request.Query.Split('&').Any(p => p.StartsWith("timestamps=", StringComparison.Ordinal) && p["timestamps=".Length..].ToLowerInvariant() is "true" or "1");

    /// <summary>The query with <c>sinceTime</c> in the cluster's time.</summary>
    public static string ToVirtual(ApiRequest request, TimeAnchor anchor)
    {
        if (!request.Query.Contains(Since, StringComparison.Ordinal) || !request.Path.EndsWith("/log", StringComparison.Ordinal))
        {
            return request.Query;
        }

        return string.Join('&', request.Query.Split('&').Select(p =>
            p.StartsWith(Since, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                Uri.UnescapeDataString(p[Since.Length..].Replace("+", " ", StringComparison.Ordinal)),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var instant)
                ? Since + Uri.EscapeDataString(anchor.ToVirtual(instant).ToString("O", CultureInfo.InvariantCulture))
                : p));
    }

    /// <summary>A copy of a log with the instants before its lines moved; they are as long as before.</summary>
    public static ReadOnlyMemory<byte> Move(ReadOnlyMemory<byte> log, Func<DateTimeOffset, DateTimeOffset> move)
    {
        var copy = log.ToArray();
        for (var at = 0; at < copy.Length;)
        {
            var end = copy.AsSpan(at).IndexOf((byte)'\n');
            if (copy.Length - at >= Length
                && DateTimeOffset.TryParseExact(
                    Encoding.UTF8.GetString(copy, at, Length), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                Encoding.UTF8.GetBytes(move(instant).UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)).CopyTo(copy, at);
            }

            at = end < 0 ? copy.Length : at + end + 1;
        }

        return copy;
    }
}
