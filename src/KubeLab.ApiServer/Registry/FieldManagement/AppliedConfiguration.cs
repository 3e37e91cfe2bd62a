using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Reads what somebody applies, and refuses in upstream's words what has no place in the kind.</summary>
internal static class AppliedConfiguration
{
    /// <summary>The configuration without nulls and without what <paramref name="subresource"/> does not set.</summary>
    /// <exception cref="ApiException">BadRequest: it is of another version, another object's, or brings <c>managedFields</c> along; 400 without a
    /// reason: it does not fit the kind.</exception>
    public static JsonObject Read(ObjectStore store, ObjectKey key, JsonNode body, string? subresource, FieldShape shape)
    {
        var resource = store.Resource;
        if (body is not JsonObject)
        {
            throw ApiErrors.BadRequest("error decoding YAML: json: cannot unmarshal into Go value of type map[string]interface {}");
        }

        var config = (JsonObject)WithoutNulls(body);
        var version = Text(config["apiVersion"]);
        if (version != resource.ApiVersion)
        {
            throw ApiErrors.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {resource.ApiVersion}");
        }

        CheckType(store, key, config, shape);
        CheckPlace(key, config);
        if (resource.Subresources.Exists(static s => s == "status"))
        {
            KeepOnly(config, subresource);
        }

        return config;
    }

    private static void CheckType(ObjectStore store, ObjectKey key, JsonObject config, FieldShape shape)
    {
        var resource = store.Resource;
        if (Text(config["kind"]) != resource.Kind)
        {
            throw ApiErrors.BadRequest(
                $"the kind in the data ({Text(config["kind"])}) does not match the expected kind ({resource.Kind})");
        }

        var problems = new List<string>();
        try
        {
            var element = JsonSerializer.SerializeToElement(config, PatchJson.Default.JsonNode);
            ObjectDecoder.Read(resource.ApiVersion, resource.Kind, store.Strategy.RecordType, element, FieldValidation.Warn, c => problems.Add(AsUpstream(c)), store.Strategy.Schema);
        }
        catch (FormatException e)
        {
            problems.Add(e.Message);
        }

        Lists(config, shape, "", problems);
        if (problems.Count > 0)
        {
            var all = problems.Count == 1 ? problems[0] : "errors:\n" + string.Join('\n', problems.Select(static p => $"  {p}"));
            var version = resource.Group.Length == 0 ? $"/{resource.ApiVersion}" : resource.ApiVersion;
            throw new ApiException(new()
            {
                State = "Failure",
                Code = 400,
                Message = $"failed to create typed patch object ({key.Namespace}/{key.Name}; {version}, Kind={resource.Kind}): {all}",
            });
        }
    }

    private static void CheckPlace(ObjectKey key, JsonObject config)
    {
        var metadata = config["metadata"] as JsonObject;
        if (metadata?["managedFields"] is not null)
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (Text(metadata?["name"]) is { Length: > 0 } name && name != key.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({key.Name})");
        }

        if (Text(metadata?["namespace"]) is { Length: > 0 } ns && ns != key.Namespace)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    // The status is set through its own path, and that path sets nothing else.
    private static void KeepOnly(JsonObject config, string? subresource)
    {
        if (subresource is null)
        {
            config.Remove("status");
            return;
        }

        foreach (var name in config.Select(static f => f.Key).Where(f => f is not "apiVersion" and not "kind" and not "metadata" && f != subresource).ToList())
        {
            config.Remove(name);
        }

        var metadata = config["metadata"] as JsonObject;
        config["metadata"] = new JsonObject { ["name"] = metadata?["name"]?.DeepClone() };
    }

    private static void Lists(JsonNode node, FieldShape shape, string path, List<string> problems)
    {
        if (node is JsonArray list && shape.Keys is not null && FieldChildren.ElementsOf(list, shape, out var problem) is null)
        {
            problems.Add(path + problem);
            return;
        }

        foreach (var child in FieldChildren.Of(node, shape) ?? [])
        {
            Lists(child.Value, child.Shape, path + FieldPaths.Text(child.Key), problems);
        }
    }

    private static string AsUpstream(string complaint)
    {
        var parts = complaint.Split('"');
        return parts.Length == 3 && complaint.StartsWith("unknown", StringComparison.Ordinal) ? $".{parts[1]}: field not declared in schema" : complaint;
    }

    private static JsonNode WithoutNulls(JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                var fields = new JsonObject();
                foreach (var (name, value) in map)
                {
                    if (value is not null)
                    {
                        fields[name] = WithoutNulls(value);
                    }
                }

                return fields;
            case JsonArray list:
                return new JsonArray([.. list.Select(static e => e is null ? null : WithoutNulls(e))]);
            default:
                return node.DeepClone();
        }
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
