using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Resources;

/// <summary>Fetches the objects that a command's words, selectors or files ask for.</summary>
internal sealed class Finder(Session session, Arguments arguments)
{
    private const string NothingAsked =
        "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n"
        + "   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

    /// <summary>Whether all namespaces are meant.</summary>
    public bool IsEverywhere { get; init; } = arguments.Bool("all-namespaces");

    /// <summary>Whether a type without names means all of its objects even without a selector.</summary>
    public bool TakesAll { get; init; }

    /// <summary>Whether objects that do not exist are passed over.</summary>
    public bool IgnoresNotFound { get; init; }

    /// <summary>The label selector.</summary>
    public string LabelSelector { get; init; } = arguments.Text("selector");

    /// <summary>The field selector.</summary>
    public string FieldSelector { get; init; } = arguments.Text("field-selector");

    /// <summary>Fetches them; what is missing is kept among the session's failures.</summary>
    /// <exception cref="Failure">Nothing was asked for, or types without names where names are needed.</exception>
    public List<Info> Find(IReadOnlyList<string> words)
    {
        if (ManifestReader.IsAsked(arguments))
        {
            return [.. ManifestReader.Read(session, arguments).SelectMany(info => Fetch(info.Resource, info.Namespace, info.Name, info.Source))];
        }

        var asked = ResourceWords.Read(session, words);
        var isSelected = LabelSelector.Length > 0 || FieldSelector.Length > 0 || TakesAll;
        if (asked.Count == 0)
        {
            throw Failure.Error(NothingAsked);
        }

        if (isSelected && !TakesAll && asked.Any(word => word.Name is not null))
        {
            throw Failure.Error("name cannot be provided when a selector is specified");
        }

        if (!isSelected && asked.Any(word => word.Name is null))
        {
            throw Failure.Error("resource(s) were provided, but no name was specified");
        }

        return [.. asked.SelectMany(word => word.Name is { } name
            ? Fetch(word.Resource, NamespaceFor(word.Resource), name, "")
            : FetchAll(word.Resource))];
    }

    /// <summary>The namespace in which objects of a resource are looked for.</summary>
    public string? NamespaceFor(ApiResource resource) => resource.Namespaced && !IsEverywhere ? session.Namespace : null;

    /// <summary>An object by name.</summary>
    /// <exception cref="StatusException">There is none; when its namespace does not exist either, that is said.</exception>
    public static JsonNode Get(Session session, ApiResource resource, string? ns, string name, string accept = MediaTypes.Json)
    {
        try
        {
            return session.Api.Get(resource, ns, name, accept: accept);
        }
        catch (StatusException refusal) when (refusal.IsNotFound && resource.Namespaced && ns is not null)
        {
            session.Api.Get($"/api/v1/namespaces/{ns}");
            throw;
        }
    }

    private List<Info> Fetch(ApiResource resource, string? ns, string name, string source)
    {
        var found = new List<Info>();
        session.Try(() =>
        {
            try
            {
                found.Add(new(resource, ns, name, Get(session, resource, ns, name), source));
            }
            catch (StatusException refusal) when (refusal.IsNotFound && IgnoresNotFound)
            {
                // Nothing to do is what was wanted.
            }
        });
        return found;
    }

    private List<Info> FetchAll(ApiResource resource)
    {
        var found = new List<Info>();
        session.Try(() =>
        {
            var query = new Query().With("labelSelector", LabelSelector).With("fieldSelector", FieldSelector);
            foreach (var item in new Json(session.Api.List(resource, NamespaceFor(resource), query, chunk: 500))["items"].Items)
            {
                found.Add(Info.Of(resource, Typed(item.Node!, resource)));
            }
        });
        return found;
    }

    /// <summary>Items of a list may omit what the list says for all.</summary>
    public static JsonNode Typed(JsonNode item, ApiResource resource)
    {
        item["apiVersion"] ??= resource.ApiVersion;
        item["kind"] ??= resource.Kind;
        return item;
    }
}
