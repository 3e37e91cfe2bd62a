using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>Lists that strategic merge patch merges: who is who in them, and in which order they end up.</summary>
internal static class MergeList
{
    /// <summary>Empties an array into a list, so that its elements may move elsewhere.</summary>
    public static List<JsonNode?> Take(JsonArray array)
    {
        List<JsonNode?> elements = [.. array];
        array.Clear();
        return elements;
    }

    /// <summary>Takes the list in <paramref name="field"/> out of a map; null when the field is absent.</summary>
    /// <exception cref="PatchException">The field holds something else.</exception>
    public static List<JsonNode?>? TakeField(JsonObject map, string field)
    {
        if (!map.TryGetPropertyValue(field, out var value))
        {
            return null;
        }

        map.Remove(field);
        return value is JsonArray array
            ? Take(array)
            : throw new PatchException($"expected a []interface {{}}, but received a {GoText.TypeOf(value)}");
    }

    public static JsonArray ToArray(List<JsonNode?> elements)
    {
        var array = new JsonArray();
        foreach (var element in elements)
        {
            // An element may still hang in the list it came from.
            array.Add(element?.Parent is null ? element : element.DeepClone());
        }

        return array;
    }

    /// <summary>Whether the elements are objects; all must be alike, and none a list.</summary>
    public static bool AreMaps(params ReadOnlySpan<List<JsonNode?>> lists)
    {
        string? kind = null;
        foreach (var list in lists)
        {
            foreach (var element in list)
            {
                if (element is JsonArray)
                {
                    throw new PatchException("lists of lists are not supported", PatchFailure.Unprocessable);
                }

                var its = GoText.TypeOf(element);
                if (kind is not null && kind != its)
                {
                    var all = string.Join(' ', lists.ToArray().Select(GoText.OfList));
                    throw new PatchException($"list element types are not identical: [{all}]");
                }

                kind = its;
            }
        }

        return kind == GoText.TypeOf(new JsonObject());
    }

    /// <summary>What tells an element apart: the value of its merge key, or itself when the key is empty.</summary>
    /// <exception cref="PatchException">The element has no merge key.</exception>
    public static string Identity(JsonNode? element, string key) =>
        IdentityOrNull(element, key) ?? throw (element is JsonObject
            ? new PatchException($"map: {GoText.Of(element)} does not contain declared merge key: {key}")
            : new PatchException($"expected a map[string]interface {{}}, but received a {GoText.TypeOf(element)}"));

    public static string? IdentityOrNull(JsonNode? element, string key) => key.Length == 0
        ? element?.ToJsonString() ?? "null"
        : element is JsonObject map && map.TryGetPropertyValue(key, out var value) ? value?.ToJsonString() ?? "null" : null;

    public static bool IsDeletion(JsonNode? element) =>
        element is JsonObject map
        && map.TryGetPropertyValue(Directives.Marker, out var directive)
        && GoText.Of(directive) == Directives.Delete;

    /// <summary>Sorts elements by their place in <paramref name="order"/>; deletions go last.</summary>
    public static List<JsonNode?> Sort(IEnumerable<JsonNode?> elements, List<JsonNode?> order, string key)
    {
        var places = Places(order, key);
        const int Unknown = int.MaxValue - 1;
        return [.. elements.OrderBy(element =>
            IsDeletion(element) ? int.MaxValue : places.GetValueOrDefault(Identity(element, key), Unknown))];
    }

    /// <summary>
    /// Orders <paramref name="merged"/>: those named in <paramref name="order"/> as it says, and the others, in the order of
    /// <paramref name="live"/>, before the first named element that stood behind them there.
    /// </summary>
    public static List<JsonNode?> Order(List<JsonNode?> merged, List<JsonNode?> order, List<JsonNode?> live, string key)
    {
        var named = Places(order, key);
        var right = Sort(merged.Where(element => named.ContainsKey(Identity(element, key))), order, key);
        var left = Sort(merged.Where(element => !named.ContainsKey(Identity(element, key))), live, key);
        var stood = Places(live, key);
        var ordered = new List<JsonNode?>(merged.Count);
        var (i, j) = (0, 0);
        while (i < left.Count || j < right.Count)
        {
            var takeLeft = j == right.Count || (i < left.Count
                && stood.TryGetValue(Identity(left[i], key), out var leftPlace)
                && stood.TryGetValue(Identity(right[j], key), out var rightPlace)
                && leftPlace < rightPlace);
            ordered.Add(takeLeft ? left[i++] : right[j++]);
        }

        return ordered;
    }

    /// <summary>Checks that the elements of a patch occur in its <c>$setElementOrder</c> list, in the same order.</summary>
    public static void CheckOrder(List<JsonNode?> patch, List<JsonNode?> order, string key)
    {
        if (patch.Count == 0 || order.Count == 0)
        {
            return;
        }

        var at = 0;
        foreach (var element in patch)
        {
            if (key.Length > 0 && element is JsonObject map && map.ContainsKey(Directives.Marker))
            {
                continue;
            }

            var identity = Identity(element, key);
            while (at < order.Count && Identity(order[at], key) != identity)
            {
                at++;
            }

            if (at++ == order.Count)
            {
                throw new PatchException(
                    $"The order in patch list:\n{GoText.OfList(patch)}\n "
                    + $"doesn't match {Directives.SetElementOrder} list:\n{GoText.OfList(order)}\n");
            }
        }
    }

    private static Dictionary<string, int> Places(List<JsonNode?> order, string key)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < order.Count; i++)
        {
            places.TryAdd(Identity(order[i], key), i);
        }

        return places;
    }
}
