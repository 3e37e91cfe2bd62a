using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.Simulation;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Makes values that fit their fields: mostly sensible, now and then odd.</summary>
public sealed class SampleGenerator(Randomness chance)
{
    private static readonly FieldSchema Schema = FieldSchema.Upstream;

    private static readonly string[] Words =
    [
        "a", "b", "web", "main", "nginx:1.27", "Always", "Never", "IfNotPresent", "OnFailure", "RollingUpdate", "Recreate", "OnDelete", "ClusterIP", "NodePort", "None", "In", "NotIn",
        "Exists", "DoesNotExist", "Equal", "NoSchedule", "NoExecute", "Pod", "Deployment", "apps/v1", "v1", "app", "80", "http", "True", "False", "10Gi", "ReadWriteOnce", "Allow",
        "Forbid", "Replace", "kubernetes.io/hostname", "Resource", "cpu", "memory", "Utilization", "Orphan", "Delete", "Retain", "WaitForFirstConsumer", "workers-1", "Service", "Node",
    ];

    /// <summary>An object of a kind with some of its fields.</summary>
    public JsonObject Object(string apiVersion, string kind) =>
        Schema.MessageOf(apiVersion, kind) is { } message ? Message(message, 0) : new JsonObject { ["spec"] = Odd.Value(chance) };

    /// <summary>A value of a field.</summary>
    public JsonNode? Of(string type, int depth = 0)
    {
        if (chance.NextInt(120) == 0)
        {
            return Odd.Value(chance);
        }

        if (type.EndsWith("{}", StringComparison.Ordinal))
        {
            var map = new JsonObject();
            for (var i = chance.NextInt(3); i > 0; i--)
            {
                map[Word()] = Of(type[..^2], depth + 1);
            }

            return map;
        }

        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var list = new JsonArray();
            for (var i = chance.NextInt(3); i > 0; i--)
            {
                list.Add(Of(type[..^2], depth + 1));
            }

            return list;
        }

        return Schema.IsMessage(type) ? Message(type, depth) : Plain(type);
    }

    private JsonObject Message(string message, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, type) in Schema.FieldsOf(message))
        {
            if (chance.NextInt(depth + 2) == 0 && depth < 8 && name is not ("ephemeralContainers" or "managedFields"))
            {
                made[name] = Of(type, depth + 1);
            }
        }

        return made;
    }

    private JsonNode? Plain(string type) => type switch
    {
        "bool" => chance.NextInt(2) == 0,
        "int32" or "int64" => chance.NextInt(12) switch { 0 => -1, 1 => int.MaxValue, 2 => 65536, var n => n - 2 },
        "Quantity" => chance.NextInt(3) switch { 0 => "100m", 1 => "1Gi", _ => chance.NextInt(10) },
        "IntOrString" => chance.NextInt(3) switch { 0 => "25%", 1 => "http", _ => chance.NextInt(100) },
        "Time" => "2026-01-01T00:00:00Z",
        "MicroTime" => "2026-01-01T00:00:00.000000Z",
        "bytes" => "aGlnZ3M=",
        "FieldsV1" => new JsonObject { ["f:data"] = new JsonObject() },
        _ => Word(),
    };

    private string Word() => chance.NextInt(30) == 0 ? Odd.Text(chance)
        : chance.NextInt(6) == 0 ? chance.NextInt(100).ToString(CultureInfo.InvariantCulture) : Words[chance.NextInt(Words.Length)];
}
