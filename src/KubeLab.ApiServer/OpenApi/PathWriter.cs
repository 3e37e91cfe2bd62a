using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>Writes the paths of one kind and what can be done there.</summary>
internal sealed class PathWriter(Utf8JsonWriter json, SchemaSet schemas, KindStrategy kind)
{
    private static readonly string[] Reading = ["pretty"];
    private static readonly string[] Logging = ["container", "follow", "previous", "sinceSeconds", "tailLines", "timestamps"];
    private static readonly string[] PathNames = ["name", "namespace"];
    private static readonly string[] Writing = ["dryRun", "fieldManager", "fieldValidation", "pretty"];
    private static readonly string[] Patching = ["dryRun", "fieldManager", "fieldValidation", "force", "pretty"];
    private static readonly string[] Deleting = ["dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy"];
    private static readonly string[] Listing =
    [
        "allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion", "resourceVersionMatch",
        "sendInitialEvents", "timeoutSeconds", "watch",
    ];

    private readonly ApiResource resource = kind.Resource;

    /// <summary>Writes all of them into the object that is open.</summary>
    public void Write()
    {
        var own = schemas.Add(resource, kind.RecordType, kind.Schema);
        if (resource.Verbs is ["create"])
        {
            Acting(resource.Path(resource.Namespaced ? "{namespace}" : null), own);
            return;
        }

        var list = schemas.AddList(resource, kind.RecordType, kind.Schema);
        var ns = resource.Namespaced ? "{namespace}" : null;
        if (resource.Namespaced)
        {
            Path(resource.Path(null), () => Operation("get", "list", Listing, list, null));
        }

        Path(resource.Path(ns), () =>
        {
            Operation("get", "list", Listing, list, null);
            Operation("post", "post", Writing, own, own);
            Operation("delete", "deletecollection", [.. Listing, .. Deleting], list, null);
        });
        Path(resource.Path(ns, "{name}"), () =>
        {
            Operation("get", "get", Reading, own, null);
            Operation("put", "put", Writing, own, own);
            Operation("patch", "patch", Patching, own, null);
            Operation("delete", "delete", Deleting, own, null);
        });
        foreach (var subresource in resource.Subresources)
        {
            Subresource(subresource, resource.Path(ns, "{name}", subresource), own);
        }
    }

    private void Subresource(string name, string path, string own)
    {
        switch (name)
        {
            case "status":
                Path(path, () => Changing(own));
                break;
            case "scale":
                Path(path, () => Changing(schemas.Add(Scale.Resource, typeof(Scale))));
                break;
            case "finalize":
                Path(path, () => Operation("put", "put", Writing, own, own));
                break;
            case "log":
                Path(path, () => Operation("get", "get", Logging, null, null));
                break;
            case "binding":
                Acting(path, schemas.Add(Binding.Resource, typeof(Binding)));
                break;
            case "token":
                Acting(path, schemas.Add(TokenRequest.Resource, typeof(TokenRequest)));
                break;
            case "eviction":
                Acting(path, schemas.Add(Eviction.Resource, typeof(Eviction)));
                break;
            default:
                break;
        }
    }

    private void Acting(string path, string body) => Path(path, () => Operation("post", "post", Writing, body, body));

    private void Changing(string schema)
    {
        Operation("get", "get", Reading, schema, null);
        Operation("put", "put", Writing, schema, schema);
        Operation("patch", "patch", Patching, schema, null);
    }

    private void Path(string path, Action operations)
    {
        json.WriteStartObject(path);
        operations();
        json.WriteStartArray("parameters");
        foreach (var name in PathNames.Where(n => path.Contains($"{{{n}}}", StringComparison.Ordinal)))
        {
            Parameter(name, "path");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A patch says nothing of its body: kubectl then merges built-in kinds by what was compiled into it and others by JSON merge patch,
    // and both are right; with a body it would merge by these schemas, which leave out the merge keys of fields that no record models.
    private void Operation(string method, string action, string[] parameters, string? answer, string? body)
    {
        json.WriteStartObject(method);
        json.WriteStartArray("parameters");
        foreach (var name in parameters)
        {
            Parameter(name, "query");
        }

        json.WriteEndArray();
        if (body is not null)
        {
            json.WriteStartObject("requestBody");
            Content(body, "*/*");
            json.WriteEndObject();
        }

        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "OK");
        Content(answer, answer is null ? "text/plain" : "application/json");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("x-kubernetes-action", action);
        GroupVersionKinds.WriteOne(json, resource);
        json.WriteEndObject();
    }

    private void Content(string? schema, string type)
    {
        json.WriteStartObject("content");
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        if (schema is null)
        {
            json.WriteString("type", "string");
        }
        else
        {
            json.WriteString("$ref", SchemaNames.Reference(schema));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Parameter(string name, string place)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        if (place == "path")
        {
            json.WriteBoolean("required", true);
        }

        json.WriteStartObject("schema");
        json.WriteString("type", name switch
        {
            "gracePeriodSeconds" or "limit" or "timeoutSeconds" or "tailLines" or "sinceSeconds" => "integer",
            "allowWatchBookmarks" or "follow" or "force" or "orphanDependents" => "boolean",
            "previous" or "sendInitialEvents" or "timestamps" or "watch" => "boolean",
            _ => "string",
        });
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
