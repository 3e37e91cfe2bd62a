using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>JSON merge patch: objects are merged field by field, null deletes, all else replaces.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc7386">RFC 7386</seealso>
public static class JsonMergePatch
{
    /// <summary>Applies <paramref name="patch"/> to a copy of <paramref name="target"/>.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject fields)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject original ? (JsonObject)original.DeepClone() : [];
        foreach (var (name, value) in fields)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], value);
            }
        }

        return result;
    }

    /// <summary>The patch that turns <paramref name="original"/> into <paramref name="modified"/>. A null inside an object cannot
    /// be set this way.</summary>
    public static JsonNode? Create(JsonNode? original, JsonNode? modified)
    {
        if (original is not JsonObject before || modified is not JsonObject after)
        {
            return modified?.DeepClone();
        }

        var patch = new JsonObject();
        foreach (var (name, value) in after)
        {
            var existed = before.TryGetPropertyValue(name, out var old);
            if (existed && old is JsonObject && value is JsonObject)
            {
                if (Create(old, value) is JsonObject { Count: > 0 } nested)
                {
                    patch[name] = nested;
                }
            }
            else if (!existed || !JsonNode.DeepEquals(old, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch;
    }

    /// <summary>
    /// The three-way patch that <c>kubectl apply</c> computes for kinds without a schema: it adds and changes what differs between
    /// <paramref name="current"/> and <paramref name="modified"/>, and deletes only what <paramref name="original"/>, the configuration
    /// applied last, had and <paramref name="modified"/> has not.
    /// </summary>
    public static JsonNode? Create(JsonNode? original, JsonNode? modified, JsonNode? current)
    {
        var additions = Keep(Create(current ?? new JsonObject(), modified), nulls: false);
        var deletions = Keep(Create(original ?? new JsonObject(), modified), nulls: true);
        return Combine(deletions, additions);
    }

    /// <summary>Keeps either only the deletions of a patch or only the rest.</summary>
    private static JsonObject Keep(JsonNode? patch, bool nulls)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in patch as JsonObject ?? [])
        {
            if (value is JsonObject nested)
            {
                var inner = Keep(nested, nulls);
                if (inner.Count > 0 || (!nulls && nested.Count == 0))
                {
                    kept[name] = inner;
                }
            }
            else if (value is null == nulls)
            {
                kept[name] = value?.DeepClone();
            }
        }

        return kept;
    }

    /// <summary>Merges two patches into one; unlike applying, nulls stay.</summary>
    private static JsonObject Combine(JsonObject first, JsonObject second)
    {
        var both = (JsonObject)first.DeepClone();
        foreach (var (name, value) in second)
        {
            both[name] = both[name] is JsonObject left && value is JsonObject right ? Combine(left, right) : value?.DeepClone();
        }

        return both;
    }
}
