using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Which fields a write adds, changes and takes away.</summary>
/// <param name="Changed">What is new or has another value.</param>
/// <param name="Removed">What is gone.</param>
internal sealed record FieldComparison(FieldSet Changed, FieldSet Removed)
{
    // Upstream's objects hold these even when they are empty, so a write never adds them, only what is in them.
    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal)
    {
        "f:metadata", "f:spec", "f:status", "f:template", "f:strategy", "f:updateStrategy", "f:jobTemplate", "f:containers",
    };

    /// <summary>Whether the write changes nothing.</summary>
    public bool IsNothing => Changed.IsEmpty && Removed.IsEmpty;

    public static FieldComparison Of(JsonNode old, JsonNode next, FieldShape shape)
    {
        var (changed, removed) = (new FieldSet(), new FieldSet());
        Compare(old, next, shape, changed, removed);
        return new FieldComparison(changed.Trimmed(), removed.Trimmed());
    }

    /// <summary>All that <paramref name="config"/> says: the fields that who applies it owns.</summary>
    public static FieldSet AllOf(JsonNode config, FieldShape shape)
    {
        var set = new FieldSet();
        Collect(set, config, shape);
        return set.Trimmed();
    }

    private static void Compare(JsonNode old, JsonNode next, FieldShape shape, FieldSet changed, FieldSet removed)
    {
        var (before, after) = (FieldChildren.Of(old, shape), FieldChildren.Of(next, shape));
        if (before is null || after is null)
        {
            changed.IsMember |= !JsonNode.DeepEquals(old, next);
            return;
        }

        var gone = before.ToDictionary(c => c.Key, c => c, StringComparer.Ordinal);
        foreach (var child in after)
        {
            if (gone.Remove(child.Key, out var had))
            {
                Compare(had.Value, child.Value, child.Shape, changed.At(child.Key), removed.At(child.Key));
            }
            else
            {
                Add(changed.At(child.Key), child, skipsAlwaysThere: true);
            }
        }

        foreach (var child in gone.Values)
        {
            Add(removed.At(child.Key), child, skipsAlwaysThere: false);
        }
    }

    private static void Add(FieldSet set, in FieldChild child, bool skipsAlwaysThere)
    {
        var inside = FieldChildren.Of(child.Value, child.Shape);
        set.IsMember = inside is null || !skipsAlwaysThere || child.Shape.IsCustom || !AlwaysThere.Contains(child.Key);
        foreach (var part in inside ?? [])
        {
            Add(set.At(part.Key), part, skipsAlwaysThere);
        }
    }

    private static void Collect(FieldSet set, JsonNode node, FieldShape shape)
    {
        foreach (var child in FieldChildren.Of(node, shape) ?? [])
        {
            var place = set.At(child.Key);
            Collect(place, child.Value, child.Shape);
            place.IsMember = child.Key[0] != 'f' || child.Value is JsonObject { Count: 0 } || FieldChildren.Of(child.Value, child.Shape) is null;
        }
    }
}
