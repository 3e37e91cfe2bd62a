using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Comparing;

/// <summary>The objects of a cluster as they can be compared with another's: by name where somebody named them, by owner and number where a controller did.</summary>
internal sealed class ObjectPicture
{
    // They say when somebody was last seen, or repeat what others say.
    private static readonly HashSet<string> LeftOut = ["Event", "Lease", "EndpointSlice", "Endpoints"];

    // They tell one writing of an object from the next, and say nothing of what it is.
    private static readonly HashSet<string> Bookkeeping = ["uid", "resourceVersion", "managedFields", "generation", "observedGeneration"];

    private readonly SortedDictionary<(string Kind, string Name), JsonNode> named = [];
    private readonly SortedDictionary<(string Kind, string Owner), int> owned = [];

    /// <summary>Objects that nobody owns, stripped of what tells one writing from the next.</summary>
    public IReadOnlyDictionary<(string Kind, string Name), JsonNode> Named => named;

    /// <summary>How many objects of a kind an object owns, directly or not.</summary>
    public IReadOnlyDictionary<(string Kind, string Owner), int> Owned => owned;

    public static ObjectPicture Of(Cluster cluster)
    {
        var picture = new ObjectPicture();
        var all = cluster.Kinds.Where(k => !LeftOut.Contains(k.Kind)).SelectMany(k => List(cluster, k).Select(o => (Resource: k, Object: o))).ToList();
        var byUid = new Dictionary<string, (ApiResource Resource, IApiObject Object)>(StringComparer.Ordinal);
        foreach (var item in all)
        {
            byUid[item.Object.Metadata.Uid ?? ""] = item;
        }

        foreach (var (resource, obj) in all)
        {
            if (OwnerOf(obj) is { } owner)
            {
                var key = (resource.Kind, RootOf(owner, byUid));
                picture.owned[key] = picture.owned.GetValueOrDefault(key) + 1;
            }
            else
            {
                picture.named[(resource.Kind, NameOf(obj))] = Stripped(JsonSerializer.SerializeToNode(obj, obj.GetType(), ApiJson.Default)!);
            }
        }

        return picture;
    }

    private static IReadOnlyList<IApiObject> List(Cluster cluster, ApiResource resource)
    {
        try
        {
            return cluster.Api.List(resource, null, ListOptions.All).Items;
        }
        catch (ApiException refusal) when (refusal.Code is 403 or 404 or 405)
        {
            // A real cluster need not serve what this one does, nor to everybody.
            return [];
        }
    }

    private static OwnerReference? OwnerOf(IApiObject obj) => obj.Metadata.OwnerReferences.Find(o => o.Controller == true);

    private static string RootOf(OwnerReference owner, Dictionary<string, (ApiResource Resource, IApiObject Object)> byUid)
    {
        while (byUid.TryGetValue(owner.Uid, out var found))
        {
            if (OwnerOf(found.Object) is not { } above)
            {
                return $"{found.Resource.Singular}/{NameOf(found.Object)}";
            }

            owner = above;
        }

        return $"{owner.Kind.ToLowerInvariant()}/{owner.Name}, which is gone";
    }

    private static string NameOf(IApiObject obj) =>
        string.IsNullOrEmpty(obj.Metadata.Namespace) ? obj.Metadata.Name! : $"{obj.Metadata.Namespace}/{obj.Metadata.Name}";

    private static JsonNode Stripped(JsonNode node)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var name in obj.Select(p => p.Key).ToList())
                {
                    if (Bookkeeping.Contains(name) || name.EndsWith("Time", StringComparison.Ordinal) || name.EndsWith("Timestamp", StringComparison.Ordinal))
                    {
                        obj.Remove(name);
                    }
                    else if (obj[name] is { } value)
                    {
                        Stripped(value);
                    }
                }

                break;
            case JsonArray array:
                foreach (var item in array.OfType<JsonNode>())
                {
                    Stripped(item);
                }

                break;
        }

        return node;
    }
}
