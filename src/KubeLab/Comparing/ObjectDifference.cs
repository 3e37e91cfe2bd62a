namespace KubeLab.Comparing;

/// <summary>An object, or the objects of one owner, that is not the same on both sides.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name, with the namespace before it; for owned objects, the owner's.</param>
/// <param name="What">What differs, a line each: <c>spec.replicas: 3 → 5</c>, or where alone it is.</param>
public sealed record ObjectDifference(string Kind, string Name, IReadOnlyList<string> What)
{
    private const int FieldsMax = 6;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}: {string.Join("; ", What)}";

    internal static IReadOnlyList<ObjectDifference> Between(ObjectPicture one, ObjectPicture other)
    {
        var found = new List<ObjectDifference>();
        foreach (var (kind, name) in one.Named.Keys.Union(other.Named.Keys).Order())
        {
            var here = one.Named.GetValueOrDefault((kind, name));
            var there = other.Named.GetValueOrDefault((kind, name));
            var what = here is null ? ["only in the other"] : there is null ? ["only in the one"] : FieldDifference.Between(here, there, FieldsMax);
            Add(found, kind, name, what);
        }

        foreach (var (kind, owner) in one.Owned.Keys.Union(other.Owned.Keys).Order())
        {
            var (here, there) = (one.Owned.GetValueOrDefault((kind, owner)), other.Owned.GetValueOrDefault((kind, owner)));
            Add(found, kind, $"of {owner}", here == there ? [] : [FormattableString.Invariant($"{here} → {there}")]);
        }

        return found;
    }

    private static void Add(List<ObjectDifference> found, string kind, string name, IReadOnlyList<string> what)
    {
        if (what.Count > 0)
        {
            found.Add(new(kind, name, what));
        }
    }
}
