using System.Globalization;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>Reads what a request about a container asks for: <c>log</c>, <c>exec</c>, <c>attach</c>.</summary>
internal static class LogRequest
{
    /// <exception cref="ApiException">BadRequest: a parameter is no number or no instant.</exception>
    public static LogOptions Options(RequestQuery query) => new()
    {
        Container = query["container"],
        Previous = query.Is("previous"),
        TailLines = (int?)query.Number("tailLines") is { } tail ? Math.Clamp(tail, -1, int.MaxValue) : null,
        SinceSeconds = query.Number("sinceSeconds"),
        SinceTime = query["sinceTime"] is { } text ? Instant(text) : null,
        LimitBytes = query.Number("limitBytes"),
        Timestamps = query.Is("timestamps"),
    };

    /// <summary>The options of <c>exec</c> and <c>attach</c>; a command is a parameter for each of its words.</summary>
    public static ProcessOptions Process(RequestQuery query, string text) => new()
    {
        Container = query["container"],
        Command = [.. Values(text, "command")],
        Stdin = query.Is("stdin"),
        Stdout = query.Is("stdout"),
        Stderr = query.Is("stderr"),
        Tty = query.Is("tty"),
    };

    private static IEnumerable<string> Values(string text, string name) => text.Split('&')
        .Where(p => p.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..].Replace('+', ' ')));

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw ApiErrors.BadRequest($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
}
