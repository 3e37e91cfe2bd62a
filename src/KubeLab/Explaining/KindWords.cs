using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;

namespace KubeLab.Explaining;

/// <summary>The kinds whose stories can be told, by the words that kubectl takes for them.</summary>
internal sealed class KindWords(IEnumerable<ApiResource> kinds)
{
    private readonly List<ApiResource> kinds = [.. kinds];

    /// <summary>Kinds that objects make: looked through for what an object made.</summary>
    public static IReadOnlyList<ApiResource> Made { get; } = [ReplicaSet.Resource, Job.Resource, Pod.Resource, PersistentVolumeClaim.Resource];

    /// <summary>Reads <c>kind/name</c>.</summary>
    /// <exception cref="ArgumentException">The words are not of this form, or the kind is unknown; the message says what is known.</exception>
    public (ApiResource Resource, string Name) Read(string what)
    {
        var slash = what.IndexOf('/');
        if (slash <= 0 || slash == what.Length - 1)
        {
            throw new ArgumentException($"\"{what}\" names no object: write kind/name, for example deployment/web", nameof(what));
        }

        var (word, name) = (what[..slash], what[(slash + 1)..]);
        var resource = kinds.Find(r => r.Plural == word || r.Singular == word || r.QualifiedName == word || r.ShortNames.Exists(s => s == word));
        return resource is null
            ? throw new ArgumentException($"no story can be told of kind \"{word}\"; known are {string.Join(", ", kinds.Select(r => r.Singular).Distinct().Order(StringComparer.Ordinal))}", nameof(what))
            : (resource, name);
    }

    /// <summary>The kind of an owner, or null when it is none of those known.</summary>
    public ApiResource? Of(string kind) => kinds.Find(r => r.Kind == kind);
}
