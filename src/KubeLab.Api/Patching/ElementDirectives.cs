using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>What <c>$patch</c> does to the object, or the element of a merged list, that holds it.</summary>
internal static class ElementDirectives
{
    /// <summary>What stands in place of an object whose patch has a directive.</summary>
    public static JsonObject Replacement(JsonNode? directive, JsonObject patch)
    {
        switch (GoText.Of(directive))
        {
            case Directives.Replace:
                patch.Remove(Directives.Marker);
                return patch;
            case Directives.Delete:
                return [];
            default:
                throw new PatchException($"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(patch)}");
        }
    }

    /// <summary>Deletes from a copy of the original what the patch says, and returns it with the rest of the patch; or only that
    /// rest, when it replaces.</summary>
    public static (List<JsonNode?> Original, List<JsonNode?> Patch) Act(
        List<JsonNode?> original, List<JsonNode?> patch, string key)
    {
        List<JsonNode?> rest = [];
        var condemned = new HashSet<string>(StringComparer.Ordinal);
        var replace = false;
        foreach (var element in patch)
        {
            var map = (JsonObject)element!;
            if (!map.TryGetPropertyValue(Directives.Marker, out var directive))
            {
                rest.Add(map);
                continue;
            }

            switch (GoText.Of(directive))
            {
                case Directives.Delete:
                    condemned.Add(MergeList.Identity(map, key));
                    break;
                case Directives.Replace:
                    replace = true;
                    break;
                case Directives.Merge:
                    throw new PatchException("merging lists cannot yet be specified in the patch");
                default:
                    throw new PatchException($"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(map)}");
            }
        }

        List<JsonNode?> kept = [.. original.Where(e => MergeList.IdentityOrNull(e, key) is not { } identity || !condemned.Contains(identity))];
        return replace ? (rest, []) : (kept, rest);
    }
}
