using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLab.Api.Yaml;

/// <summary>Turns YAML scalars into JSON values.</summary>
internal static class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <exception cref="FormatException">The scalar contradicts its tag, or has no JSON form.</exception>
    public static JsonNode? ToJson(Scalar scalar)
    {
        if (Resolve(scalar) is not { } value)
        {
            return JsonValue.Create(scalar.Value);
        }

        return value.Kind switch
        {
            YamlKind.Null => null,
            YamlKind.Bool => JsonValue.Create(value.Bool),
            YamlKind.Int => JsonNode.Parse(value.Number),
            YamlKind.Float => double.IsFinite(value.Float)
                ? JsonNode.Parse(GoFloat.Json(value.Float))
                : throw new FormatException($"json: unsupported value: {GoFloat.Json(value.Float)}"),
            YamlKind.Binary => JsonValue.Create(value.Number),
            _ => JsonValue.Create(scalar.Value),
        };
    }

    /// <summary>The text of a key; numbers and booleans become text too. Null when the key is null, which JSON cannot have.</summary>
    public static string? ToKey(Scalar scalar) => Resolve(scalar) switch
    {
        null => scalar.Value,
        { Kind: YamlKind.Null } => null,
        { Kind: YamlKind.Bool, Bool: var value } => value ? "true" : "false",
        { Kind: YamlKind.Int, Number: var digits } => digits,
        { Kind: YamlKind.Float, Float: var value } => GoFloat.Shortest((float)value),
        _ => scalar.Value,
    };

    /// <summary>Null for plain text.</summary>
    private static YamlValue? Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (tag.Length == 0)
        {
            return scalar.Style == ScalarStyle.Plain ? YamlValue.Resolve(scalar.Value) : null;
        }

        var name = tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : "";
        switch (name)
        {
            case "binary":
                return Binary(scalar.Value);
            case "bool" or "int" or "float" or "null":
                var value = YamlValue.Resolve(scalar.Value);
                if (name == "float" && value.Kind == YamlKind.Int)
                {
                    var number = double.Parse(value.Number, System.Globalization.CultureInfo.InvariantCulture);
                    return value with { Kind = YamlKind.Float, Float = number };
                }

                var actual = value.Kind == YamlKind.Text ? "str" : value.Kind.ToString().ToLowerInvariant();
                return actual == name ? value : throw new FormatException($"cannot decode !!{actual} `{scalar.Value}` as a !!{name}");
            default:
                return null;
        }
    }

    private static YamlValue Binary(string text)
    {
        try
        {
            return new YamlValue(YamlKind.Binary, Number: Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        }
        catch (FormatException)
        {
            throw new FormatException("!!binary value contains invalid base64 data");
        }
    }
}
