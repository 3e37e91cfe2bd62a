using System.Text.Json.Nodes;
using KubeLab.Simulation;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Values that programs stumble over.</summary>
public static class Odd
{
    /// <summary>Texts.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "", " ", "a", "A", "-", ".", "..", "/", "//", "\\", "\"", "'", "%", "%00", "%2f", "%zz", "?", "#", "*", "{}", "[]", "{", "[", "null", "true", "~", "0", "-0", "1", "-1", "1.5", "1e3",
        "1e999", "0x10", "1_000", "9223372036854775807", "9223372036854775808", "18446744073709551616", "NaN", "Infinity", "1Ki", "1Kb", "100m", "-100m", "1n", "1e-40", "1E1000000",
        "999999999999999999999999999999999999999", "0.000000000000000000000000000000000000001", "\0", "a\0b", "\n", "a\nb", "\t", "\u007f", "\u0080", "\ud83d\ude00", "\ufeff", "\u200b", "\u2028", "ß",
        "İ", "ﬁ", "a=b", "a=b,c", "a in (b,c)", "a notin ()", "!a", "a==", "=b", "a,,b", "metadata.name=x", "spec.nodeName!=", "2026-01-01T00:00:00Z", "2026-13-45T99:99:99Z",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-01-01T00:00:00.123456Z", "2026-01-01", "kubernetes", "default", "kube-system", "example.com/a", "example.com/", "/a",
        "* * * * *", "*/0 * * * *", "61 * * * *", "@hourly", "@every 1s", "1-0 0 31 2 *", "10.0.0.0/8", "10.0.0.1", "::1", "999.1.1.1", "fe80::1%eth0", "TCP", "tcp", "Foreground",
        "$patch", "<<", "&a", "*a", "!!binary x", "|", ">", "- a", "a: b", "---", "...", "$(VAR)", "{{.}}", "${x}", "__proto__",
        new('a', 63), new('a', 64), new('a', 253), new('a', 254), new('x', 5000), new('[', 300), string.Concat(Enumerable.Repeat("a.", 200)),
    ];

    /// <summary>JSON numbers as they are written.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
    [
        "0", "-0", "1", "-1", "2", "3", "30", "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e3", "1.0", "1.5", "0.1", "-0.0", "1e-5", "1e30", "1e308", "1e309", "-1e400",
        "123456789012345678901234567890123456789012345678901234567890", "0.1000000000000000055511151231257827021181583404541015625",
    ];

    /// <summary>One of the texts.</summary>
    public static string Text(Randomness chance) => Texts[chance.NextInt(Texts.Count)];

    /// <summary>Any JSON value.</summary>
    public static JsonNode? Value(Randomness chance) => chance.NextInt(9) switch
    {
        0 => null,
        1 => JsonValue.Create(chance.NextInt(2) == 0),
        2 => JsonNode.Parse(Numbers[chance.NextInt(Numbers.Count)]),
        3 => new JsonObject(),
        4 => new JsonArray(),
        5 => Nested(chance.NextInt(30), chance.NextInt(2) == 0),
        6 => new JsonObject { [Text(chance)] = Text(chance), [Text(chance) + "x"] = null },
        7 => new JsonArray(Text(chance), null, 1),
        _ => JsonValue.Create(Text(chance)),
    };

    private static JsonNode? Nested(int depth, bool isMap)
    {
        JsonNode? value = null;
        for (var i = 0; i < depth; i++)
        {
            value = isMap ? new JsonObject { ["a"] = value } : new JsonArray(value);
        }

        return value;
    }
}
