using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>The parameters of a request; those that nobody asks for are ignored, as upstream does.</summary>
internal sealed class RequestQuery
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public RequestQuery(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            values.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }

    /// <summary>The first value of <paramref name="name"/>; null when it is absent or empty.</summary>
    public string? this[string name] => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A truth value in any of the spellings that clients use: whatever is there and does not say no means yes.</summary>
    public bool Is(string name) =>
        values.TryGetValue(name, out var value) && value != "0" && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number, or null when it is absent.</summary>
    /// <exception cref="ApiException">BadRequest: it is something else.</exception>
    public long? Number(string name)
    {
        if (this[name] is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing {GoQuote.Quote(text)}: {(IsWhole(text) ? "value out of range" : "invalid syntax")}");
    }

    private static bool IsWhole(string text) => text.TrimStart('+', '-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
