using System.Text.Json;
using KubeLab.Api;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Http;

/// <summary>Tells clients what is served: groups, versions, resources, their names and verbs.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">Discovery API</seealso>
internal sealed class Discovery(ResourceTable resources, AggregatedMetrics metrics)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The media type of aggregated discovery; clients recognise the document by these parameters.</summary>
    public static string AggregatedType(string version) => $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";

    /// <summary><c>/api</c>: the versions of the core group.</summary>
    public static void CoreVersions(Utf8JsonWriter json, string address)
    {
        json.WriteStartObject();
        json.WriteString("kind", "APIVersions");
        json.WriteStartArray("versions");
        json.WriteStringValue("v1");
        json.WriteEndArray();
        json.WriteStartArray("serverAddressByClientCIDRs");
        json.WriteStartObject();
        json.WriteString("clientCIDR", "0.0.0.0/0");
        json.WriteString("serverAddress", address);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>/apis</c>: all groups but the core group.</summary>
    public void Groups(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", "APIGroupList");
        json.WriteString("apiVersion", "v1");
        json.WriteStartArray("groups");
        foreach (var group in GroupNames().Where(g => g.Length > 0))
        {
            Group(json, group, isAlone: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Whether anything is served in <paramref name="group"/>, and in <paramref name="version"/> unless that is null.</summary>
    public bool Serves(string group, string? version) =>
        resources.Kinds.Any(k => k.Resource.Group == group && (version is null || k.Resource.Version == version)) || metrics.Serves(group, version);

    /// <summary><c>/apis/group</c>: its versions.</summary>
    public void Group(Utf8JsonWriter json, string group, bool isAlone = true)
    {
        var versions = Versions(group);
        json.WriteStartObject();
        if (isAlone)
        {
            json.WriteString("kind", "APIGroup");
            json.WriteString("apiVersion", "v1");
        }

        json.WriteString("name", group);
        json.WriteStartArray("versions");
        foreach (var version in versions)
        {
            Version(json, group, version);
        }

        json.WriteEndArray();
        json.WritePropertyName("preferredVersion");
        Version(json, group, versions[0]);
        json.WriteEndObject();
    }

    /// <summary><c>/apis/group/version</c>: its resources.</summary>
    public void Resources(Utf8JsonWriter json, string group, string version)
    {
        json.WriteStartObject();
        json.WriteString("kind", "APIResourceList");
        json.WriteString("apiVersion", "v1");
        json.WriteString("groupVersion", group.Length == 0 ? version : $"{group}/{version}");
        json.WriteStartArray("resources");
        foreach (var resource in Of(group, version))
        {
            Resource(json, resource);
            foreach (var subresource in Served(resource))
            {
                json.WriteStartObject();
                json.WriteString("name", $"{resource.Plural}/{subresource.Name}");
                json.WriteString("singularName", "");
                json.WriteBoolean("namespaced", resource.Namespaced);
                if (subresource.Group.Length > 0)
                {
                    json.WriteString("group", subresource.Group);
                    json.WriteString("version", "v1");
                }

                json.WriteString("kind", subresource.Kind);
                Strings(json, "verbs", subresource.Verbs);
                json.WriteEndObject();
            }
        }

        metrics.Resources(json, group);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>/api</c> and <c>/apis</c> in the form that holds everything at once.</summary>
    public void Aggregated(Utf8JsonWriter json, bool core, string formVersion)
    {
        json.WriteStartObject();
        json.WriteString("kind", "APIGroupDiscoveryList");
        json.WriteString("apiVersion", $"apidiscovery.k8s.io/{formVersion}");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteStartArray("items");
        foreach (var group in GroupNames().Where(g => g.Length == 0 == core))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            if (group.Length > 0)
            {
                json.WriteString("name", group);
            }

            json.WriteNull("creationTimestamp");
            json.WriteEndObject();
            json.WriteStartArray("versions");
            Versions(group).ForEach(version => AggregatedVersion(json, group, version));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void AggregatedVersion(Utf8JsonWriter json, string group, string version)
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        json.WriteStartArray("resources");
        foreach (var resource in Of(group, version))
        {
            json.WriteStartObject();
            json.WriteString("resource", resource.Plural);
            ResponseKind(json, "", resource.Kind);
            json.WriteString("scope", resource.Namespaced ? "Namespaced" : "Cluster");
            json.WriteString("singularResource", resource.Singular);
            Strings(json, "verbs", Verbs(resource));
            Strings(json, "shortNames", resource.ShortNames, canBeAbsent: true);
            Strings(json, "categories", resource.Categories, canBeAbsent: true);
            Subresources(json, resource);
            json.WriteEndObject();
        }

        metrics.Aggregated(json, group);
        json.WriteEndArray();
        json.WriteString("freshness", "Current");
        json.WriteEndObject();
    }

    private static void Subresources(Utf8JsonWriter json, ApiResource resource)
    {
        var served = Served(resource).ToList();
        if (served.Count == 0)
        {
            return;
        }

        json.WriteStartArray("subresources");
        foreach (var subresource in served)
        {
            json.WriteStartObject();
            json.WriteString("subresource", subresource.Name);
            ResponseKind(json, subresource.Group, subresource.Kind);
            Strings(json, "verbs", subresource.Verbs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void ResponseKind(Utf8JsonWriter json, string group, string kind)
    {
        json.WriteStartObject("responseKind");
        json.WriteString("group", group);
        json.WriteString("version", group.Length == 0 ? "" : "v1");
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter json, ApiResource resource)
    {
        json.WriteStartObject();
        json.WriteString("name", resource.Plural);
        json.WriteString("singularName", resource.Singular);
        json.WriteBoolean("namespaced", resource.Namespaced);
        json.WriteString("kind", resource.Kind);
        Strings(json, "verbs", Verbs(resource));
        Strings(json, "shortNames", resource.ShortNames, canBeAbsent: true);
        Strings(json, "categories", resource.Categories, canBeAbsent: true);
        json.WriteEndObject();
    }

    // Namespaces cannot be deleted by the dozen.
    private static IEnumerable<string> Verbs(ApiResource resource) =>
        !resource.Verbs.IsEmpty ? resource.Verbs : resource.QualifiedName == "namespaces" ? AllVerbs.Where(v => v != "deletecollection") : AllVerbs;

    // Only what is answered is listed, so that clients do not try what cannot work.
    private static IEnumerable<(string Name, string Group, string Kind, string[] Verbs)> Served(ApiResource resource)
    {
        foreach (var name in resource.Subresources.Order(StringComparer.Ordinal))
        {
            switch (name)
            {
                case "status":
                    yield return (name, "", resource.Kind, ["get", "patch", "update"]);
                    break;
                case "scale":
                    yield return (name, "autoscaling", "Scale", ["get", "patch", "update"]);
                    break;
                case "eviction":
                    yield return (name, "policy", "Eviction", ["create"]);
                    break;
                case "binding":
                    yield return (name, "", "Binding", ["create"]);
                    break;
                case "token":
                    yield return (name, "authentication.k8s.io", "TokenRequest", ["create"]);
                    break;
                case "log":
                    yield return (name, "", resource.Kind, ["get"]);
                    break;
                case "exec":
                    yield return (name, "", "PodExecOptions", ["create", "get"]);
                    break;
                case "attach":
                    yield return (name, "", "PodAttachOptions", ["create", "get"]);
                    break;
                case "portforward":
                    yield return (name, "", "PodPortForwardOptions", ["create", "get"]);
                    break;
                case "proxy":
                    yield return (name, "", $"{resource.Kind}ProxyOptions", ["create", "delete", "get", "patch", "update"]);
                    break;
                case "finalize":
                    yield return (name, "", resource.Kind, ["update"]);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Version(Utf8JsonWriter json, string group, string version)
    {
        json.WriteStartObject();
        json.WriteString("groupVersion", $"{group}/{version}");
        json.WriteString("version", version);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values, bool canBeAbsent = false)
    {
        if (canBeAbsent && !values.Any())
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private IEnumerable<string> GroupNames() => GroupOrder.OfGroups(resources.Kinds.Select(k => k.Resource.Group).Concat(metrics.Groups));

    private List<string> Versions(string group) =>
        [.. GroupOrder.OfVersions(resources.Kinds.Where(k => k.Resource.Group == group).Select(k => k.Resource.Version).Concat(metrics.Versions(group)))];

    private IEnumerable<ApiResource> Of(string group, string version) => resources.Kinds.Select(k => k.Resource)
        .Where(r => r.Group == group && r.Version == version).OrderBy(r => r.Plural, StringComparer.Ordinal);
}
