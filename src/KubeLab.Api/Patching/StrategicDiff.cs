using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>Computes strategic merge patches. Takes over, and takes apart, the trees it is given.</summary>
/// <param name="withDeletions">Whether what is gone is deleted.</param>
/// <param name="withChanges">Whether what is new or different is set.</param>
internal sealed class StrategicDiff(bool withDeletions, bool withChanges)
{
    public JsonObject Maps(JsonObject original, JsonObject modified, PatchSchema schema, bool retainKeys)
    {
        var patch = new JsonObject();
        var retained = modified.Where(field => field.Value is not null).Select(field => field.Key).Order(StringComparer.Ordinal).ToArray();
        var cleared = original.Any(field => field.Value is not null && !modified.ContainsKey(field.Key));
        foreach (var (key, value) in modified.ToArray())
        {
            DiffField(original, key, value, schema.Field(key), patch);
        }

        if (withDeletions)
        {
            foreach (var (key, _) in original)
            {
                if (!modified.ContainsKey(key))
                {
                    patch[key] = null;
                }
            }
        }

        if (retainKeys && retained.Length > 0 && (patch.Count > 0 || cleared))
        {
            patch[Directives.RetainKeys] = new JsonArray([.. retained.Select(key => JsonValue.Create(key))]);
        }

        return patch;
    }

    private void DiffField(JsonObject original, string key, JsonNode? value, PatchSchema field, JsonObject patch)
    {
        var existed = original.TryGetPropertyValue(key, out var old);
        if (existed && old is JsonObject before && value is JsonObject after)
        {
            if (Maps((JsonObject)before.DeepClone(), (JsonObject)after.DeepClone(), field, field.RetainKeys) is { Count: > 0 } nested)
            {
                patch[key] = nested;
            }
        }
        else if (existed && old is JsonArray oldList && value is JsonArray newList && field.MergeKey is not null)
        {
            DiffList(key, [.. oldList], [.. newList], field, patch);
        }
        else if (withChanges && (!existed || !JsonNode.DeepEquals(old, value)))
        {
            patch[key] = value?.DeepClone();
        }
    }

    private void DiffList(string key, List<JsonNode?> original, List<JsonNode?> modified, PatchSchema schema, JsonObject patch)
    {
        if (original.Count == 0)
        {
            if (withChanges && modified.Count > 0)
            {
                patch[key] = Cloned(modified);
            }

            return;
        }

        if (MergeList.AreMaps(original, modified))
        {
            DiffMapList(key, original, modified, schema, patch);
        }
        else
        {
            DiffPrimitiveList(key, original, modified, patch);
        }
    }

    private void DiffMapList(string key, List<JsonNode?> original, List<JsonNode?> modified, PatchSchema schema, JsonObject patch)
    {
        var mergeKey = schema.MergeKey!;
        var before = ByIdentity(original, mergeKey);
        var after = ByIdentity(modified, mergeKey);
        var element = new PatchSchema(schema.Type, null, false);
        var changes = new List<JsonNode?>();
        foreach (var (identity, value) in after)
        {
            if (!before.TryGetValue(identity, out var old))
            {
                if (withChanges)
                {
                    changes.Add(value.DeepClone());
                }

                continue;
            }

            var change = Maps((JsonObject)old.DeepClone(), (JsonObject)value.DeepClone(), element, schema.RetainKeys);
            if (change.Count > 0)
            {
                change[mergeKey] = value[mergeKey]?.DeepClone();
                changes.Add(change);
            }
        }

        if (withDeletions)
        {
            var gone = before.Where(entry => !after.ContainsKey(entry.Key)).Select(entry => entry.Value);
            foreach (var old in gone.OrderBy(element => GoText.Of(element[mergeKey]), StringComparer.Ordinal))
            {
                changes.Add(new JsonObject { [mergeKey] = old[mergeKey]?.DeepClone(), [Directives.Marker] = Directives.Delete });
            }
        }

        var moved = withChanges && !before.Keys.SequenceEqual(after.Keys, StringComparer.Ordinal);
        if (changes.Count > 0)
        {
            patch[key] = MergeList.ToArray(changes);
        }

        if (changes.Count > 0 || moved)
        {
            patch[$"{Directives.SetElementOrder}/{key}"] = MergeList.ToArray(
                [.. after.Values.Select(value => new JsonObject { [mergeKey] = value[mergeKey]?.DeepClone() })]);
        }
    }

    private void DiffPrimitiveList(string key, List<JsonNode?> original, List<JsonNode?> modified, JsonObject patch)
    {
        var before = original.Select(element => MergeList.Identity(element, "")).ToHashSet(StringComparer.Ordinal);
        var after = modified.Select(element => MergeList.Identity(element, "")).ToHashSet(StringComparer.Ordinal);
        List<JsonNode?> added = withChanges ? [.. modified.Where(element => !before.Contains(MergeList.Identity(element, "")))] : [];
        List<JsonNode?> deleted = withDeletions
            ? [.. original.DistinctBy(element => MergeList.Identity(element, ""))
                .Where(element => !after.Contains(MergeList.Identity(element, "")))]
            : [];
        if (added.Count > 0)
        {
            patch[key] = Cloned(added);
        }

        if (deleted.Count > 0)
        {
            patch[$"{Directives.DeleteFromPrimitiveList}/{key}"] =
                Cloned([.. deleted.OrderBy(GoText.Of, StringComparer.Ordinal)]);
        }

        var same = original.Count == modified.Count && original.Zip(modified).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
        if (deleted.Count > 0 || (withChanges && !same))
        {
            patch[$"{Directives.SetElementOrder}/{key}"] = Cloned(modified);
        }
    }

    /// <summary>The elements by their merge keys, in order; the last one wins where a key is repeated.</summary>
    private static OrderedDictionary<string, JsonNode> ByIdentity(List<JsonNode?> elements, string mergeKey)
    {
        var known = new OrderedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            known[MergeList.Identity(element, mergeKey)] = element!;
        }

        return known;
    }

    private static JsonArray Cloned(List<JsonNode?> elements) => new([.. elements.Select(element => element?.DeepClone())]);
}
