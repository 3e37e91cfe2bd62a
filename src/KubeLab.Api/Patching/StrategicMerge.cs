using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>Merges a strategic patch into an object. Takes over, and takes apart, the trees it is given.</summary>
/// <param name="resolveDirectives">True on the server, where directives act; false when two patches are merged into one that keeps
/// them.</param>
internal sealed class StrategicMerge(bool resolveDirectives)
{
    public JsonObject Maps(JsonObject original, JsonObject patch, PatchSchema schema)
    {
        if (patch.TryGetPropertyValue(Directives.Marker, out var directive))
        {
            return ElementDirectives.Replacement(directive, patch);
        }

        ApplyRetainKeys(original, patch);
        ApplyElementOrders(original, patch, schema);
        var fields = patch.ToArray();
        patch.Clear();
        foreach (var (key, value) in fields)
        {
            if (key.StartsWith(Directives.DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                DeleteFromPrimitiveList(original, key, value);
            }
            else
            {
                MergeField(original, key, value, schema.Field(key));
            }
        }

        return original;
    }

    /// <summary>Merges two lists by the schema's key; the result follows the order of the patch, and of the original for the
    /// rest.</summary>
    public List<JsonNode?> Lists(List<JsonNode?> original, List<JsonNode?> patch, PatchSchema schema)
    {
        if (original.Count == 0 && patch.Count == 0)
        {
            return original;
        }

        var key = schema.MergeKey ?? "";
        List<JsonNode?> merged;
        if (!MergeList.AreMaps(original, patch))
        {
            merged = [.. original.Concat(patch).DistinctBy(element => MergeList.Identity(element, ""))];
        }
        else if (key.Length == 0)
        {
            throw new PatchException("cannot merge lists without merge key for type struct");
        }
        else
        {
            (original, patch) = ElementDirectives.Act(original, patch, key);
            merged = MergeElements([.. original], patch, schema);
        }

        return MergeList.Order(merged, patch, original, key);
    }

    private void MergeField(JsonObject original, string key, JsonNode? value, PatchSchema field)
    {
        if (value is null)
        {
            // A null has done its work once the field is gone; a patch in the making must keep it.
            original.Remove(key);
            if (!resolveDirectives)
            {
                original[key] = null;
            }

            return;
        }

        var existing = original[key];
        if (existing is null && !resolveDirectives)
        {
            original[key] = value;
            return;
        }

        original[key] = (existing, value) switch
        {
            (JsonObject map, JsonObject change) => Detached(original, key, map, change, field),
            (_, JsonObject change) => Maps([], change, field),
            (JsonArray list, JsonArray change) when field.OrInferredFrom(change) is { MergeKey: not null } known =>
                MergeList.ToArray(Lists(MergeList.Take(list), MergeList.Take(change), known)),
            (null, JsonArray change) when field.OrInferredFrom(change) is { MergeKey: not null } known =>
                MergeList.ToArray(Lists([], MergeList.Take(change), known)),
            _ => value,
        };
    }

    private JsonObject Detached(JsonObject parent, string key, JsonObject map, JsonObject change, PatchSchema field)
    {
        parent.Remove(key);
        return Maps(map, change, field);
    }

    private void DeleteFromPrimitiveList(JsonObject original, string key, JsonNode? value)
    {
        if (!resolveDirectives)
        {
            original[key] = value;
            return;
        }

        var field = Directives.FieldOf(key, Directives.DeleteFromPrimitiveList);
        if (original[field] is not JsonArray list)
        {
            return;
        }

        if (value is not JsonArray condemned)
        {
            throw new PatchException("invalid patch format of primitive list", PatchFailure.Malformed);
        }

        var gone = condemned.Select(element => MergeList.Identity(element, "")).ToHashSet();
        original[field] = MergeList.ToArray([.. MergeList.Take(list).Where(element => !gone.Contains(MergeList.Identity(element, "")))]);
    }

    private void ApplyRetainKeys(JsonObject original, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Directives.RetainKeys, out var directive))
        {
            return;
        }

        patch.Remove(Directives.RetainKeys);
        if (!resolveDirectives)
        {
            original[Directives.RetainKeys] = directive;
            return;
        }

        var malformed = new PatchException("invalid patch format of retainKeys", PatchFailure.Malformed);
        var retained = (directive as JsonArray ?? throw malformed).Select(GoText.Of).ToHashSet(StringComparer.Ordinal);
        if (patch.Any(field => field.Value is not null && !Directives.IsParallelList(field.Key) && !retained.Contains(field.Key)))
        {
            throw malformed;
        }

        foreach (var (key, _) in original.ToArray())
        {
            if (!retained.Contains(key))
            {
                original.Remove(key);
            }
        }
    }

    /// <summary>
    /// Merges each list that has a <c>$setElementOrder</c>, and orders the result: the elements that the directive names as it says, the
    /// others where they stood.
    /// </summary>
    private void ApplyElementOrders(JsonObject original, JsonObject patch, PatchSchema schema)
    {
        foreach (var (key, directive) in patch.ToArray())
        {
            if (!key.StartsWith(Directives.SetElementOrder, StringComparison.Ordinal))
            {
                continue;
            }

            patch.Remove(key);
            var malformed = new PatchException("invalid patch format of setElementOrder list", PatchFailure.Malformed);
            var order = directive as JsonArray ?? throw malformed;
            if (!resolveDirectives)
            {
                if (original[key] is { } other && !JsonNode.DeepEquals(other, order))
                {
                    throw malformed;
                }

                original[key] = order.DeepClone();
            }

            var field = Directives.FieldOf(key, Directives.SetElementOrder);
            var known = schema.Field(field).OrInferredFromOrder(order);
            ApplyElementOrder(original, patch, field, known, MergeList.Take(order));
        }
    }

    private void ApplyElementOrder(JsonObject original, JsonObject patch, string field, PatchSchema schema, List<JsonNode?> order)
    {
        var key = schema.MergeKey ?? "";
        var hadList = original.ContainsKey(field);
        var live = MergeList.TakeField(original, field);
        var change = MergeList.TakeField(patch, field);
        if (!hadList && change is null)
        {
            return;
        }

        MergeList.CheckOrder(change ?? [], order, key);

        // Merging may drop elements; the order among those that stay is that of the live list.
        List<JsonNode?> liveOrder = [.. live ?? []];
        var merged = change is null ? live ?? []
            : live is null && !resolveDirectives ? change
            : schema.MergeKey is null ? change
            : Lists(live ?? [], change, schema);
        original[field] = MergeList.ToArray(MergeList.Order(merged, order, liveOrder, key));
    }

    private List<JsonNode?> MergeElements(List<JsonNode?> original, List<JsonNode?> patch, PatchSchema schema)
    {
        var element = new PatchSchema(schema.Type, null, false);
        var key = schema.MergeKey!;
        var places = Places(original, key);
        foreach (var change in patch)
        {
            var identity = MergeList.Identity(change, key);
            if (places.TryGetValue(identity, out var index))
            {
                // The patch keeps its own copy: its keys still say how to order the result.
                original[index] = Maps((JsonObject)original[index]!, (JsonObject)change!.DeepClone(), element);
                places = MergeList.IdentityOrNull(original[index], key) == identity ? places : Places(original, key);
            }
            else
            {
                original.Add(resolveDirectives ? Maps([], (JsonObject)change!.DeepClone(), element) : change);
                Note(places, original, original.Count - 1, key);
            }
        }

        return original;
    }

    // Where each element stands first: lists may be as long as a body is large.
    private static Dictionary<string, int> Places(List<JsonNode?> list, string key)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            Note(places, list, i, key);
        }

        return places;
    }

    private static void Note(Dictionary<string, int> places, List<JsonNode?> list, int index, string key)
    {
        if (MergeList.IdentityOrNull(list[index], key) is { } identity)
        {
            places.TryAdd(identity, index);
        }
    }
}
