using KubeLab.Api;

namespace KubeLab.KubectlText.Resources;

/// <summary>What words such as <c>pods,svc</c>, <c>pod web</c> or <c>deploy/web</c> ask for.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Name">The object; null for all of them.</param>
internal readonly record struct ResourceWord(ApiResource Resource, string? Name);

/// <summary>Reads the words that name resources.</summary>
/// <remarks>Upstream: k8s.io/cli-runtime/pkg/resource/builder.go.</remarks>
internal static class ResourceWords
{
    /// <exception cref="Failure">A type is unknown, or the words cannot be combined.</exception>
    public static List<ResourceWord> Read(Session session, IReadOnlyList<string> words)
    {
        if (words.Any(word => word.Contains('/', StringComparison.Ordinal)))
        {
            return [.. words.Select(word => Pair(session, word, words.Count))];
        }

        if (words.Count == 0)
        {
            return [];
        }

        var types = Types(session, words[0]);
        var names = words.Skip(1).ToList();
        return names.Count == 0
            ? [.. types.Select(type => new ResourceWord(type, null))]
            : [.. types.SelectMany(type => names.Select(name => new ResourceWord(type, name)))];
    }

    /// <summary>The resource of a type's name.</summary>
    /// <exception cref="Failure">The server has none of that name.</exception>
    public static ApiResource Type(Session session, string type) =>
        session.Discovery.Find(type) ?? throw Failure.Error($"the server doesn't have a resource type \"{type.Split('.')[0]}\"");

    private static List<ApiResource> Types(Session session, string words)
    {
        var types = new List<ApiResource>();
        foreach (var word in words.Split(','))
        {
            var category = session.Discovery.Find(word) is null ? session.Discovery.InCategory(word) : [];
            foreach (var type in category.Count > 0 ? category : [Type(session, word)])
            {
                if (!types.Contains(type))
                {
                    types.Add(type);
                }
            }
        }

        return types;
    }

    private static ResourceWord Pair(Session session, string word, int count)
    {
        var parts = word.Split('/');
        return parts switch
        {
            [_] when count > 1 => throw Failure.Error(
                "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form "
                + "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"),
            [{ Length: > 0 } type, { Length: > 0 } name] => new(Type(session, type), name),
            [_, _] => throw Failure.Error("arguments in resource/name form must have a single resource and name"),
            _ => throw Failure.Error("arguments in resource/name form may not have more than one slash"),
        };
    }
}
