using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;

namespace KubeLab.Testing.Fuzzing;

/// <summary>A resource that is to be fuzzed.</summary>
/// <param name="ApiVersion">Its API version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Plural">Its name in paths.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
/// <param name="Subresources">What its objects have below them.</param>
/// <param name="Sample">A sensible object.</param>
public sealed record FuzzTarget(string ApiVersion, string Kind, string Plural, bool Namespaced, IReadOnlyList<string> Subresources, JsonObject Sample)
{
    private const string More = """
        apiVersion: v1
        kind: Pod
        metadata: {name: a, labels: {app: web}}
        spec:
          containers:
            - {name: main, image: 'nginx:1.27', ports: [{containerPort: 80, name: http}], resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 1Gi}}, env: [{name: A, value: b}],
               readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 10}, volumeMounts: [{name: v, mountPath: /v}]}
          volumes: [{name: v, emptyDir: {}}]
          tolerations: [{key: k, operator: Exists, effect: NoSchedule}]
          affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: nginx}]}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: a}
        spec:
          replicas: 1
          selector: {matchLabels: {app: rs}}
          template: {metadata: {labels: {app: rs}}, spec: {containers: [{name: main, image: nginx}]}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: a}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}, {name: x, port: 81}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a, annotations: {x: y}}
        data: {key: value}
        binaryData: {b: aGlnZ3M=}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: a, labels: {zone: x}}
        spec: {taints: [{key: k, value: v, effect: NoSchedule}], unschedulable: true}
        status: {capacity: {cpu: '4', memory: 8Gi, pods: '110'}, conditions: [{type: Ready, status: 'True'}]}
        ---
        apiVersion: v1
        kind: Event
        metadata: {name: a}
        involvedObject: {kind: Pod, name: a, namespace: default}
        reason: Tested
        message: it happened
        type: Normal
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: a}
        spec: {holderIdentity: me, leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z'}
        """;

    private static readonly Dictionary<string, JsonObject> Samples = Directory.GetFiles(SourceTree.PathOf("data", "manifests"), "*.yaml").Order()
        .SelectMany(file => Yaml.ReadDocuments(File.ReadAllText(file))).Concat(Yaml.ReadDocuments(More)).Select(d => d.Root.AsObject())
        .GroupBy(o => $"{o["apiVersion"]}/{o["kind"]}").ToDictionary(g => g.Key, g => g.First());

    /// <summary>Everything that a server's discovery names.</summary>
    /// <param name="get">Answers a path with a document.</param>
    public static IReadOnlyList<FuzzTarget> Discover(Func<string, JsonObject> get)
    {
        var versions = get("/apis")["groups"]!.AsArray().SelectMany(g => g!["versions"]!.AsArray()).Select(v => (string)v!["groupVersion"]!);
        return [.. new[] { "v1" }.Concat(versions).SelectMany(v => Of(v, get(v == "v1" ? "/api/v1" : $"/apis/{v}")["resources"]!.AsArray()))];
    }

    /// <summary>The path of its collection.</summary>
    public string Collection(string ns) => (ApiVersion.Contains('/', StringComparison.Ordinal) ? "/apis/" : "/api/") + ApiVersion + (Namespaced ? $"/namespaces/{ns}/" : "/") + Plural;

    private static IEnumerable<FuzzTarget> Of(string version, JsonArray resources)
    {
        var names = resources.Select(r => (string)r!["name"]!).ToArray();
        foreach (var resource in resources.Where(r => !((string)r!["name"]!).Contains('/', StringComparison.Ordinal)))
        {
            var (plural, kind) = ((string)resource!["name"]!, (string)resource["kind"]!);
            var sample = Samples.GetValueOrDefault($"{version}/{kind}") ?? new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" } };
            var below = names.Where(n => n.StartsWith(plural + "/", StringComparison.Ordinal)).Select(n => n[(plural.Length + 1)..]);
            yield return new(version, kind, plural, (bool)resource["namespaced"]!, [.. below], sample);
        }
    }
}
