using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;
using KubeLab.ApiServer.Http;
using KubeLab.Simulation;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Requests that are almost right: of each, some part is changed, doubled, cut off or taken from another.</summary>
/// <param name="chance">What decides; the same stream makes the same requests of the same cluster.</param>
/// <param name="targets">What they are about.</param>
/// <param name="live">Finds the object at a path, or null.</param>
public sealed class FuzzedRequests(Randomness chance, IReadOnlyList<FuzzTarget> targets, Func<string, JsonObject?> live)
{
    private static readonly string[] Names = ["a", "b", "db", "web", "workers-1", "kube-system", "A"];

    private static readonly string[] Parameters =
    [
        "watch", "limit", "continue", "labelSelector", "fieldSelector", "resourceVersion", "resourceVersionMatch", "timeoutSeconds", "allowWatchBookmarks", "sendInitialEvents", "dryRun",
        "fieldManager", "fieldValidation", "force", "gracePeriodSeconds", "propagationPolicy", "orphanDependents", "pretty", "includeObject", "container", "tailLines", "sinceSeconds",
        "previous", "timestamps", "follow", "limitBytes", "nothing",
    ];

    private static readonly string[] Arguments =
    [
        "true", "false", "1", "0", "-1", "2", "abc", "All", "Strict", "Warn", "Ignore", "Exact", "NotOlderThan", "Foreground", "Background", "Orphan", "Object", "None", "Metadata", "a=b",
        "app%20in%20(web,db)", "metadata.name%3Da", "status.phase!=Running", "spec.nodeName%3Dworkers-1", "involvedObject.kind=Pod", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoieFx1MDAwMCJ9",
        "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiIvLi4vLi4ifQ", "99999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "%00", "%ff%fe", "%", "%zz", "+", "main",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "application/yaml", "*/*", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json",
        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "application/vnd.kubernetes.protobuf,application/json", "text/html", "", ";;;", "application/json;as=Nothing",
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", "application/json;q=0", ",", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/yaml", "application/vnd.kubernetes.protobuf", "application/json; charset=utf-8", "text/plain", "", ";", "application/merge-patch+json",
        "application/json-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml", "multipart/form-data; boundary=x", "APPLICATION/JSON",
    ];

    private readonly Mutation mutation = new(chance);
    private readonly SampleGenerator samples = new(chance);

    /// <summary>The next one.</summary>
    public ApiRequest Next()
    {
        var target = targets[chance.NextInt(targets.Count)];
        var request = chance.NextInt(20) switch
        {
            < 7 => Post(target),
            < 10 => Put(target),
            < 14 => Patch(target),
            < 15 => Delete(target),
            < 18 => new ApiRequest { Method = chance.NextInt(8) == 0 ? "HEAD" : "GET", Path = AnyPath(target), Query = Query() },
            < 19 => Act(target),
            _ => new ApiRequest { Method = Pick("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X"), Path = OddPath(target), Query = Query(), Body = Body(target).Body },
        };
        return request with
        {
            Path = chance.NextInt(50) == 0 ? Encoding.Latin1.GetString(mutation.Bytes(Encoding.Latin1.GetBytes(request.Path))).Replace("?", "", StringComparison.Ordinal) : request.Path,
            Accept = chance.NextInt(8) > 0 ? null : Pick(Accepts),
            ContentType = chance.NextInt(40) == 0 ? Pick(Types) : request.ContentType,
            UserAgent = chance.NextInt(10) switch { 0 => Odd.Text(chance), 1 => null, _ => "kubectl/v1.33.0 (linux/amd64)" },
            IfNoneMatch = chance.NextInt(20) == 0 ? Odd.Text(chance) : null,
        };
    }

    private ApiRequest Post(FuzzTarget target)
    {
        var (body, type) = Body(target);
        return new() { Method = "POST", Path = target.Collection(Namespace()), Query = WriteQuery(), Body = body, ContentType = type };
    }

    private ApiRequest Put(FuzzTarget target)
    {
        var path = OnePath(target);
        var obj = live(path) ?? (JsonObject)target.Sample.DeepClone();
        mutation.Tree(obj, FieldSchema.Upstream.MessageOf(target.ApiVersion, target.Kind));
        var (body, type) = Encoded(target, obj);
        var below = chance.NextInt(4) == 0 && target.Subresources.Count > 0 ? "/" + target.Subresources[chance.NextInt(target.Subresources.Count)] : "";
        return new() { Method = "PUT", Path = path + below, Query = WriteQuery(), Body = body, ContentType = type };
    }

    private ApiRequest Patch(FuzzTarget target)
    {
        var path = OnePath(target);
        var patches = new FuzzedPatches(chance, mutation, samples);
        var (type, text) = patches.For(target, live(path) ?? target.Sample);
        var body = Encoding.UTF8.GetBytes(text);
        var below = chance.NextInt(4) == 0 && target.Subresources.Count > 0 ? "/" + target.Subresources[chance.NextInt(target.Subresources.Count)] : "";
        return new() { Method = "PATCH", Path = path + below, Query = WriteQuery(), Body = chance.NextInt(4) == 0 ? mutation.Bytes(body) : body, ContentType = type };
    }

    private ApiRequest Delete(FuzzTarget target)
    {
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["propagationPolicy"] = Pick("Foreground", "Background", "Orphan") };
        mutation.Tree(options, "meta.v1.DeleteOptions");
        var hasBody = chance.NextInt(2) == 0;
        var (body, type) = hasBody ? Encoded(target with { ApiVersion = "v1", Kind = "DeleteOptions" }, options) : ([], null);
        var path = chance.NextInt(4) == 0 ? target.Collection(Namespace()) : OnePath(target);
        return new() { Method = "DELETE", Path = path, Query = Query(), Body = body, ContentType = type };
    }

    private ApiRequest Act(FuzzTarget target)
    {
        var below = target.Subresources.Count == 0 || chance.NextInt(6) == 0 ? Odd.Text(chance) : target.Subresources[chance.NextInt(target.Subresources.Count)];
        var body = below switch
        {
            "binding" => new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" }, ["target"] = new JsonObject { ["kind"] = "Node", ["name"] = Pick(Names) } },
            "eviction" => new JsonObject { ["apiVersion"] = "policy/v1", ["kind"] = "Eviction", ["metadata"] = new JsonObject { ["name"] = Pick(Names) } },
            "scale" => new JsonObject { ["metadata"] = new JsonObject { ["name"] = Pick(Names) }, ["spec"] = new JsonObject { ["replicas"] = chance.NextInt(5) } },
            _ => (JsonObject)target.Sample.DeepClone(),
        };
        mutation.Tree(body, null);
        var method = Pick("GET", "POST", "PUT", "PATCH", "DELETE");
        var bytes = method == "GET" ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        return new() { Method = method, Path = $"{OnePath(target)}/{Uri.EscapeDataString(below)}", Query = WriteQuery(), Body = bytes, ContentType = "application/json" };
    }

    private (byte[] Body, string? Type) Body(FuzzTarget target)
    {
        var obj = chance.NextInt(5) == 0 ? samples.Object(target.ApiVersion, target.Kind) : (JsonObject)target.Sample.DeepClone();
        obj["apiVersion"] = target.ApiVersion;
        obj["kind"] = target.Kind;
        if (obj["metadata"] is not JsonObject metadata)
        {
            obj["metadata"] = metadata = [];
        }

        metadata["name"] = Pick(Names);
        if (chance.NextInt(15) == 0)
        {
            metadata["namespace"] = Namespace();
        }

        if (chance.NextInt(3) > 0)
        {
            mutation.Tree(obj, FieldSchema.Upstream.MessageOf(target.ApiVersion, target.Kind));
        }

        return Encoded(target, obj);
    }

    private (byte[] Body, string? Type) Encoded(FuzzTarget target, JsonObject obj)
    {
        var (body, type) = chance.NextInt(6) switch
        {
            0 => (Encoding.UTF8.GetBytes(Yaml.Write(obj)), "application/yaml"),
            1 => (ProtobufEncoder.Envelope(target.ApiVersion, target.Kind, obj), "application/vnd.kubernetes.protobuf"),
            _ => (Encoding.UTF8.GetBytes(obj.ToJsonString()), "application/json"),
        };
        return (chance.NextInt(8) == 0 ? mutation.Bytes(body) : body, type);
    }

    private string AnyPath(FuzzTarget target) => chance.NextInt(6) switch
    {
        0 => Pick("/", "/api", "/apis", "/version", "/healthz", "/readyz/etcd", "/openapi/v2", "/openapi/v3", "/openapi/v3/api/v1", "/openapi/v3/apis/apps/v1", "/metrics", "/api/v1", "/apis/apps"),
        < 4 => target.Collection(Namespace()),
        _ => OnePath(target) + (chance.NextInt(4) == 0 ? "/" + Pick("status", "scale", "log", "exec", "x") : ""),
    };

    private string OddPath(FuzzTarget target)
    {
        var parts = target.Collection(Namespace()).Split('/').ToList();
        parts.Insert(chance.NextInt(parts.Count + 1), chance.NextInt(2) == 0 ? Uri.EscapeDataString(Odd.Text(chance)) : Odd.Text(chance).Replace("?", "", StringComparison.Ordinal));
        return "/" + string.Join('/', parts).TrimStart('/');
    }

    private string OnePath(FuzzTarget target) => $"{target.Collection(Namespace())}/{(chance.NextInt(40) == 0 ? Uri.EscapeDataString(Odd.Text(chance)) : Pick(Names))}";

    private string Namespace() => chance.NextInt(40) switch { 0 or 1 => "kube-system", 2 => "none", 3 => Uri.EscapeDataString(Odd.Text(chance)), _ => "default" };

    private string WriteQuery() => chance.NextInt(2) == 0 ? "" : chance.NextInt(3) == 0 ? Query() : Pick("dryRun=All", "fieldManager=fuzz", "fieldManager=other&force=true", "fieldValidation=Strict");

    private string Query()
    {
        var parts = new List<string>();
        for (var i = chance.NextInt(4); i > 0; i--)
        {
            parts.Add($"{Pick(Parameters)}={(chance.NextInt(4) == 0 ? Uri.EscapeDataString(Odd.Text(chance)) : Pick(Arguments))}");
        }

        return string.Join('&', parts);
    }

    private string Pick(params string[] from) => from[chance.NextInt(from.Length)];
}
