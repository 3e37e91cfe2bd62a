using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.ApiServer.Kinds;

namespace KubeLab.Tests.ApiServer.Kinds;

/// <summary>Each manifest of <c>data/manifests</c> goes through the whole life of an object.</summary>
public sealed class BuiltInKindsTests
{
    private readonly FrontRig rig = new();

    public static TheoryData<string> Manifests => [.. Directory.EnumerateFiles(Folder(), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_comes_back_as_it_was_sent(string name)
    {
        var (given, resource) = Read(name);
        var created = Create(given, resource);
        AssertHolds(given, created, "");
        var path = resource.Path("default", (string?)given["metadata"]!["name"]);
        Assert.True(JsonNode.DeepEquals(created, rig.Json("GET", path).Body));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_that_is_sent_again_changes_nothing(string name)
    {
        var (given, resource) = Read(name);
        var created = Create(given, resource);
        var (code, replaced) = rig.Json("PUT", resource.Path("default", (string?)given["metadata"]!["name"]), created.ToJsonString());
        Assert.True(code == 200, replaced.ToJsonString());
        Assert.True(JsonNode.DeepEquals(created, replaced), replaced.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_label_is_added_the_object_is_found_by_it_and_goes(string name)
    {
        var (given, resource) = Read(name);
        Create(given, resource);
        var path = resource.Path("default", (string?)given["metadata"]!["name"]);
        var (code, patched) = rig.Json("PATCH", path, """{"metadata":{"labels":{"day":"2"}}}""", "application/strategic-merge-patch+json");
        Assert.True(code == 200, patched.ToJsonString());
        Assert.Single(rig.Json("GET", resource.Path("default") + "?labelSelector=day%3D2").Body["items"]!.AsArray());

        // Claims and volumes are kept while they are in use, which a controller decides that does not run here.
        Assert.Equal(200, rig.Json("PATCH", path, """{"metadata":{"finalizers":null}}""", "application/merge-patch+json").Code);
        Assert.Equal(200, rig.Json("DELETE", path + "?propagationPolicy=Background").Code);
        Assert.Equal(404, rig.Json("GET", path).Code);
    }

    /// <summary>Rows as a 1.33 server prints them for objects that no controller has touched.</summary>
    [Theory]
    [InlineData("secret", "db|Opaque|1|0s")]
    [InlineData("serviceaccount", "analyst|0|0s")]
    [InlineData("persistentvolumeclaim", "results|Pending||||standard|<unset>|0s|Filesystem")]
    [InlineData("statefulset", "db|0/3|0s|db|postgres")]
    [InlineData("daemonset", "cvmfs|0|0|0|0|0|gpu=yes|0s|client|cvmfs|app=cvmfs")]
    [InlineData("controllerrevision", "db-1|statefulset.apps/db|3|0s")]
    [InlineData("job", "analysis|Running|0/10||0s|root|cmssw|batch.kubernetes.io/controller-uid=UID")]
    [InlineData("cronjob", "nightly|30 2 * * mon-fri|Europe/Zurich|False|0|<none>|0s|build|make|<none>")]
    [InlineData("poddisruptionbudget", "db|2|N/A|0|0s")]
    [InlineData("horizontalpodautoscaler", "web|Deployment/web|cpu: <unknown>/60%, <unknown>/1k|2|10|0|0s")]
    [InlineData("horizontalpodautoscaler-v1", "web|Deployment/web|cpu: <unknown>/60%|2|10|0|0s")]
    [InlineData("event", "0s|Normal|Mounted|pod/reader||example.org/robot, robot-1|Mounted tape 4711.|0s|1|tape-1")]
    [InlineData("resourcequota", "share|||0s")]
    [InlineData("limitrange", "little|2026-01-01T00:00:00Z")]
    [InlineData("persistentvolume", "disk-1|5Gi|RWO,ROX|Retain|Pending||slow|<unset>||0s|Filesystem")]
    [InlineData("storageclass", "standard (default)|disks.example.org|Delete|WaitForFirstConsumer|true|0s")]
    [InlineData("ingress", "portal|public|portal.example.org,*.results.example.org||80, 443|0s")]
    [InlineData("ingressclass", "public|example.org/ingress|Settings.example.org/public|0s")]
    [InlineData("networkpolicy", "db|app=db|0s")]
    [InlineData("role", "pod-reader|2026-01-01T00:00:00Z")]
    [InlineData("clusterrole", "monitoring|2026-01-01T00:00:00Z")]
    [InlineData("rolebinding", "read-pods|Role/pod-reader|0s|jane|students|default/analyst")]
    [InlineData("clusterrolebinding", "monitoring|ClusterRole/monitoring|0s|||monitoring/prometheus")]
    [InlineData("endpointslice", "tape-1|IPv4|8080|192.0.2.7,192.0.2.8|0s")]
    [InlineData("endpoints", "tape|192.0.2.7:8080|0s")]
    [InlineData("replicationcontroller", "frontend|3|0|0|0s|web|nginx:1.27|app=frontend")]
    [InlineData("podtemplate", "worker|main|python:3.12|app=worker")]
    [InlineData("runtimeclass", "sandboxed|kata|0s")]
    [InlineData("csidriver", "disks.example.org|true|true|false|disks|true|Persistent,Ephemeral|0s")]
    [InlineData("csinode", "worker-1|1|0s")]
    [InlineData("volumeattachment", "csi-1|disks.example.org|disk-1|worker-1|false|0s")]
    [InlineData("priorityclass", "interactive|1000|false|0s|PreemptLowerPriority")]
    public void A_row_shows_what_upstream_shows(string name, string row)
    {
        var (given, resource) = Read(name);
        var uid = (string)Create(given, resource)["metadata"]!["uid"]!;
        var path = resource.Path("default", (string?)given["metadata"]!["name"]);
        var (_, table) = rig.Json("GET", path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal(row, string.Join('|', table["rows"]![0]!["cells"]!.AsArray().Select(c => c!.ToString())).Replace(uid, "UID", StringComparison.Ordinal));
    }

    private JsonNode Create(JsonNode given, ApiResource resource)
    {
        var (code, created) = rig.Json("POST", resource.Path("default") + "?fieldValidation=Strict", given.ToJsonString());
        Assert.True(code == 201, created.ToJsonString());
        return created;
    }

    // What the server adds is its own; what the user said must be there.
    private static void AssertHolds(JsonNode given, JsonNode? found, string at)
    {
        switch (given)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    AssertHolds(value!, (found as JsonObject)?[name], $"{at}.{name}");
                }

                break;
            case JsonArray items:
                Assert.True((found as JsonArray)?.Count == items.Count, at);
                for (var i = 0; i < items.Count; i++)
                {
                    AssertHolds(items[i]!, found![i], $"{at}[{i}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(given, found), $"{at}: {given.ToJsonString()} became {found?.ToJsonString()}");
                break;
        }
    }

    private static (JsonNode Given, ApiResource Resource) Read(string name)
    {
        var given = JsonNode.Parse(FrontRig.AsJson(File.ReadAllText(Path.Combine(Folder(), name + ".yaml"))))!;
        return (given, BuiltInKinds.All().Single(k => k.Resource.Kind == (string?)given["kind"] && k.Resource.ApiVersion == (string?)given["apiVersion"]).Resource);
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "data", "manifests");
}
