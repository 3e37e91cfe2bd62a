using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Resources;

/// <summary>An object that a command is about: where it lives, and what is known of it.</summary>
internal sealed class Info(ApiResource resource, string? ns, string name, JsonNode obj, string source = "")
{
    public ApiResource Resource { get; } = resource;

    /// <summary>Its namespace; null when it has none.</summary>
    public string? Namespace { get; } = resource.Namespaced ? ns : null;

    public string Name { get; } = name;

    /// <summary>The object, from the server or from a file.</summary>
    public JsonNode Object { get; set; } = obj;

    /// <summary>The file that it came from; empty when it came from the server.</summary>
    public string Source { get; } = source;

    /// <summary>Its path on the server.</summary>
    public string Path => Resource.Path(Namespace, Name);

    /// <summary>How messages name it: <c>deployment.apps/web</c>.</summary>
    public string Title => $"{KindName(Resource)}/{Name}";

    /// <summary>A kind in lower case with its group: <c>pod</c>, <c>deployment.apps</c>.</summary>
    public static string KindName(ApiResource resource) => resource.QualifiedKind.ToLowerInvariant();

    /// <summary>An object as the server returned it.</summary>
    public static Info Of(ApiResource resource, JsonNode obj)
    {
        var metadata = new Json(obj)["metadata"];
        return new(resource, metadata["namespace"].Text, metadata["name"].Text, obj);
    }
}
