using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Getting;

/// <summary>What <c>get</c> asks the server for.</summary>
internal sealed class GetRequest(Session session, Arguments arguments)
{
    private const string NoType =
        "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of supported resources.\n\n"
        + "error: Required resource not specified.\n"
        + "Use \"kubectl explain <resource>\" for a detailed description of that resource (e.g. kubectl explain pods).\n"
        + "See 'kubectl get -h' for help and examples";

    private readonly bool isEverywhere = arguments.Bool("all-namespaces");

    /// <summary>The types and names that were asked for.</summary>
    /// <exception cref="Failure">None were, or they are unknown.</exception>
    public List<ResourceWord> Words()
    {
        if (ManifestReader.IsAsked(arguments))
        {
            return [.. ManifestReader.Read(session, arguments).Select(info => new ResourceWord(info.Resource, info.Name))];
        }

        if (arguments.Words.Count == 0)
        {
            throw new Failure(NoType);
        }

        var words = ResourceWords.Read(session, arguments.Words);
        var isNamed = words.Exists(word => word.Name is not null);
        if (isNamed && (arguments.Text("selector").Length > 0 || arguments.Text("field-selector").Length > 0))
        {
            throw Failure.Error("name cannot be provided when a selector is specified");
        }

        return isNamed && isEverywhere
            ? throw Failure.Error("a resource cannot be retrieved by name across all namespaces")
            : words;
    }

    /// <summary>The objects of a word; the items of a list.</summary>
    public List<JsonNode> Objects(ResourceWord word)
    {
        if (word.Name is not null)
        {
            return Named(word, MediaTypes.Json) is { } found ? [found] : [];
        }

        var list = session.Api.List(word.Resource, NamespaceOf(word), Selection(), arguments.Int("chunk-size"));
        return [.. new Json(list)["items"].Items.Select(item => Finder.Typed(item.Node!, word.Resource))];
    }

    /// <summary>The table of a word; null when the object may be missing and is.</summary>
    /// <param name="word">What is asked for.</param>
    /// <param name="withObjects">Whether each row holds its whole object.</param>
    public JsonNode? Table(ResourceWord word, bool withObjects)
    {
        if (word.Name is not null)
        {
            return Named(word, MediaTypes.Table);
        }

        var query = Selection().With("includeObject", withObjects ? "Object" : null);
        return session.Api.List(word.Resource, NamespaceOf(word), query, withObjects ? 0 : arguments.Int("chunk-size"), MediaTypes.Table);
    }

    /// <summary>The request that watches a word from <paramref name="resourceVersion"/> on.</summary>
    public KubectlRequest Watch(ResourceWord word, string resourceVersion, string accept)
    {
        var query = Selection().With("resourceVersion", resourceVersion).With("watch", "true");
        if (word.Name is { } name)
        {
            query.With("fieldSelector", $"metadata.name={name}");
        }

        return new("GET", word.Resource.Path(NamespaceOf(word)) + query, accept);
    }

    private Query Selection() =>
        new Query().With("labelSelector", arguments.Text("selector")).With("fieldSelector", arguments.Text("field-selector"));

    private JsonNode? Named(ResourceWord word, string accept)
    {
        try
        {
            return arguments.Text("subresource") is { Length: > 0 } subresource
                ? session.Api.Get(word.Resource.Path(NamespaceOf(word), word.Name, subresource), accept)
                : Finder.Get(session, word.Resource, NamespaceOf(word), word.Name!, accept);
        }
        catch (StatusException refusal) when (refusal.IsNotFound && arguments.Bool("ignore-not-found"))
        {
            return null;
        }
    }

    private string? NamespaceOf(ResourceWord word) => word.Resource.Namespaced && !isEverywhere ? session.Namespace : null;
}
