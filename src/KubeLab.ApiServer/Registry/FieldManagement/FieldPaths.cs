using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Prints the edges of a set of fields as paths for people: <c>.spec.containers[name="web"].image</c>.</summary>
internal static class FieldPaths
{
    /// <summary>The part of a path that <paramref name="key"/> stands for.</summary>
    public static string Text(string key)
    {
        var rest = key[2..];
        return key[0] switch
        {
            'f' => $".{rest}",
            'k' => $"[{Pairs(rest)}]",
            'v' => $"[={Value(rest)}]",
            _ => $"[{rest}]",
        };
    }

    private static string Pairs(string json)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join(',', document.RootElement.EnumerateObject().Select(p => $"{p.Name}={Value(p.Value)}"));
    }

    private static string Value(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Value(document.RootElement);
    }

    private static string Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? GoQuote.Quote(value.GetString()!) : value.GetRawText();
}
