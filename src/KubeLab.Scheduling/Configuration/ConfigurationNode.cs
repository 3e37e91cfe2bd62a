using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace KubeLab.Scheduling.Configuration;

/// <summary>A map in a configuration, which knows where it is and which of its fields nobody asked for.</summary>
internal sealed class ConfigurationNode(JsonObject fields, string path)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string? Text(string name) => Value(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Error(name, "Invalid value: must be a string"),
    };

    public int? Int(string name) => Value(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out var number) => number,
        _ => throw Error(name, "Invalid value: must be an integer"),
    };

    public bool? Bool(string name) => Value(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw Error(name, "Invalid value: must be true or false"),
    };

    public ConfigurationNode? Map(string name) => Value(name) switch
    {
        null => null,
        JsonObject map => new(map, At(name)),
        _ => throw Error(name, "Invalid value: must be a map"),
    };

    public IReadOnlyList<ConfigurationNode> List(string name) => Value(name) switch
    {
        null => [],
        JsonArray list => [.. list.Select((item, i) => new ConfigurationNode(item as JsonObject ?? throw Error($"{name}[{i}]", "Invalid value: must be a map"), $"{At(name)}[{i}]"))],
        _ => throw Error(name, "Invalid value: must be a list"),
    };

    public IReadOnlyList<string> Texts(string name) => Value(name) switch
    {
        null => [],
        JsonArray list => [.. list.Select((item, i) => item is JsonValue v && v.TryGetValue<string>(out var text) ? text : throw Error($"{name}[{i}]", "Invalid value: must be a string"))],
        _ => throw Error(name, "Invalid value: must be a list"),
    };

    public T? Record<T>(string name, JsonTypeInfo<T> type)
        where T : class => Map(name)?.As(type);

    public T As<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return fields.Deserialize(type)!;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            throw new SchedulerConfigurationException($"{path}: Invalid value: {wrong.Message}");
        }
    }

    public void Is(string name, string value)
    {
        if (Text(name) is var found && found != value)
        {
            throw Error(name, found is null ? "Required value" : $"Unsupported value: \"{found}\": supported values: \"{value}\"");
        }
    }

    public void Skip(string name) => asked.Add(name);

    /// <summary>Refuses what nobody asked for, as strict decoding does.</summary>
    public void Done()
    {
        foreach (var (name, _) in fields)
        {
            if (!asked.Contains(name))
            {
                throw new SchedulerConfigurationException($"strict decoding error: unknown field \"{At(name)}\"");
            }
        }
    }

    public SchedulerConfigurationException Error(string name, string problem) => new($"{At(name)}: {problem}");

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonNode? Value(string name)
    {
        asked.Add(name);
        return fields[name];
    }
}
