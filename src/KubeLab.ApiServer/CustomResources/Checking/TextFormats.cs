using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>The formats of texts that are checked; others say nothing.</summary>
/// <remarks>Upstream: kube-openapi/pkg/validation/strfmt, as far as definitions may use it.</remarks>
internal static partial class TextFormats
{
    /// <summary>Whether <paramref name="text"/> is in <paramref name="format"/>, or the format is unknown.</summary>
    public static bool Fits(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" or "datetime" => IsInstant(text),
        "duration" => DurationText().IsMatch(text),
        "uuid" => Uuid().IsMatch(text),
        "uuid3" => Uuid().IsMatch(text) && VersionOf(text) == '3',
        "uuid4" => Uuid().IsMatch(text) && VersionOf(text) == '4' && HasVariant(text),
        "uuid5" => Uuid().IsMatch(text) && VersionOf(text) == '5' && HasVariant(text),
        "ipv4" => Ipv4().IsMatch(text) && IPAddress.TryParse(text, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork,
        "ipv6" => text.Contains(':', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)
            && IPAddress.TryParse(text, out _),
        "cidr" => IsCidr(text),
        "mac" => Mac().IsMatch(text),
        "email" => Email().IsMatch(text),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) || text.StartsWith('/'),
        "hostname" => Hostname().IsMatch(text) && text.Length <= 255,
        "byte" => IsBase64(text),
        "hexcolor" => HexColor().IsMatch(text),
        "rgbcolor" => RgbColor().Match(text) is { Success: true } m && m.Groups.Values.Skip(1).All(g => int.Parse(g.ValueSpan, CultureInfo.InvariantCulture) <= 255),
        "bsonobjectid" => BsonId().IsMatch(text),
        "ssn" => Ssn().IsMatch(text),
        "isbn" => IsIsbn10(text) || IsIsbn13(text),
        "isbn10" => IsIsbn10(text),
        "isbn13" => IsIsbn13(text),
        "creditcard" => IsCreditCard(text),
        _ => true,
    };

    private static bool IsInstant(string text) =>
        Instant().IsMatch(text) && DateTimeOffset.TryParse(text.Replace("60Z", "59Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, out _);

    private static bool IsCidr(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return false;
        }

        return Fits("ipv4", parts[0]) ? bits <= 32 : Fits("ipv6", parts[0]) && bits <= 128;
    }

    private static bool IsBase64(string text) => text.Length % 4 == 0 && Base64().IsMatch(text);

    private static char VersionOf(string uuid) => Bare(uuid)[12];

    private static bool HasVariant(string uuid) => Bare(uuid)[16] is '8' or '9' or 'a' or 'b' or 'A' or 'B';

    private static string Bare(string uuid) => uuid.Replace("-", "", StringComparison.Ordinal);

    private static string Digits(string text) => text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static bool IsIsbn10(string text)
    {
        var digits = Digits(text);
        return digits.Length == 10 && digits[..9].All(char.IsAsciiDigit) && (char.IsAsciiDigit(digits[9]) || digits[9] is 'X' or 'x')
            && digits.Select((c, i) => (i + 1) * (c is 'X' or 'x' ? 10 : c - '0')).Sum() % 11 == 0;
    }

    private static bool IsIsbn13(string text)
    {
        var digits = Digits(text);
        return digits.Length == 13 && digits.All(char.IsAsciiDigit) && digits.Select((c, i) => (i % 2 == 0 ? 1 : 3) * (c - '0')).Sum() % 10 == 0;
    }

    private static bool IsCreditCard(string text)
    {
        var digits = Digits(text);
        return digits.Length is >= 13 and <= 19 && digits.All(char.IsAsciiDigit)
            && digits.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : (c - '0') * 2).Sum(d => d > 9 ? d - 9 : d) % 10 == 0;
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d([.,]\d+)?([Zz]|[+-]\d\d:?\d\d)\z")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\A([0-9]+(\.[0-9]+)?\s*(ns|us|µs|ms|s|m|h|hr|hour|min|minute|second|sec|d|day|w|week|wk|nano|micro|milli)s?\s*)+\z")]
    private static partial Regex DurationText();

    [GeneratedRegex(@"\A[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\z")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}\z")]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"\A([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2})\z|\A([0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}\z")]
    private static partial Regex Mac();

    [GeneratedRegex(@"\A[^@\s<>]+@[^@\s<>]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"\A([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?)(\.[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?)*\.?\z")]
    private static partial Regex Hostname();

    [GeneratedRegex(@"\A[A-Za-z0-9+/]*={0,2}\z")]
    private static partial Regex Base64();

    [GeneratedRegex(@"\A#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z")]
    private static partial Regex HexColor();

    [GeneratedRegex(@"\Argb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)\z")]
    private static partial Regex RgbColor();

    [GeneratedRegex(@"\A[0-9a-fA-F]{24}\z")]
    private static partial Regex BsonId();

    [GeneratedRegex(@"\A\d{3}[- ]?\d{2}[- ]?\d{4}\z")]
    private static partial Regex Ssn();
}
