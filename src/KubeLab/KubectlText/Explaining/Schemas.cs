using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Explaining;

/// <summary>The schemas of a group and version, and the one of the kind that is asked about.</summary>
internal sealed class Schemas
{
    private const string Prefix = "#/components/schemas/";
    private readonly Json all;

    private Schemas(Json all, Json root)
    {
        this.all = all;
        Root = root;
    }

    /// <summary>The schema of the kind.</summary>
    public Json Root { get; }

    /// <exception cref="Failure">The server publishes none.</exception>
    public static Schemas Of(Session session, ApiResource resource)
    {
        var path = resource.Group.Length == 0 ? $"/openapi/v3/api/{resource.Version}" : $"/openapi/v3/apis/{resource.ApiVersion}";
        var all = new Json(JsonNode.Parse(session.Api.Text(path)))["components"]["schemas"];
        foreach (var (_, schema) in all.Fields)
        {
            foreach (var kind in schema["x-kubernetes-group-version-kind"].Items)
            {
                if (kind["group"].Text == resource.Group && kind["version"].Text == resource.Version && kind["kind"].Text == resource.Kind)
                {
                    return new(all, schema);
                }
            }
        }

        throw Failure.Error($"GVR ({resource.ApiVersion}, Resource={resource.Plural}) not found in OpenAPI schema");
    }

    /// <summary>The schema that another refers to, itself or through the one that all of its parts are; nothing when it is its own.</summary>
    public Json Referred(Json schema) => all[ReferenceOf(schema) is { Length: > 0 } name ? name : "\0"];

    /// <summary>The name of the schema that it refers to; empty when it is its own.</summary>
    public static string ReferenceOf(Json schema)
    {
        var direct = schema["$ref"].Text;
        var text = direct.Length > 0 ? direct : schema["allOf"].Count == 1 ? schema["allOf"][0]["$ref"].Text : "";
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : "";
    }

    /// <summary>What a schema holds: itself, an item of it, or the value of a map.</summary>
    public Json Inner(Json schema)
    {
        while (true)
        {
            var next = schema["items"].Exists ? schema["items"]
                : schema["additionalProperties"].Node is JsonObject ? schema["additionalProperties"]
                : Referred(schema);
            if (!next.Exists)
            {
                return schema;
            }

            schema = next;
        }
    }

    /// <summary>A type as kubectl writes it: <c>[]Container</c>, <c>map[string]string</c>, <c>Object</c>.</summary>
    public static string TypeOf(Json schema)
    {
        if (schema["items"].Exists)
        {
            return $"[]{TypeOf(schema["items"])}";
        }

        if (schema["additionalProperties"].Node is JsonObject)
        {
            return $"map[string]{TypeOf(schema["additionalProperties"])}";
        }

        if (ReferenceOf(schema) is { Length: > 0 } name)
        {
            return name[(name.LastIndexOf('.') + 1)..] is var type && type is "Time" or "MicroTime" ? "string" : type;
        }

        return schema["properties"].Exists || schema["type"].Text.Length == 0 ? "Object" : schema["type"].Text;
    }
}
