using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Who owns which fields of one object.</summary>
/// <remarks>Upstream: structured-merge-diff/merge.Updater and apimachinery/pkg/util/managedfields.</remarks>
internal sealed class FieldOwners
{
    // The server's own fields, and those that name the object, have no owner.
    private static readonly string[] Unowned =
    [
        "f:name", "f:namespace", "f:creationTimestamp", "f:selfLink", "f:uid", "f:generation", "f:managedFields", "f:resourceVersion",
    ];

    private readonly List<FieldOwner> owners = [];

    public bool IsEmpty => owners.Count == 0;

    public static FieldOwners Read(ValueList<ManagedFieldsEntry> entries)
    {
        var result = new FieldOwners();
        foreach (var entry in entries)
        {
            result.owners.Add(FieldOwner.Read(entry));
        }

        return result;
    }

    public ValueList<ManagedFieldsEntry> Write()
    {
        owners.Sort(FieldOwner.Compare);
        return owners.Select(static o => o.Write()).ToValueList();
    }

    /// <summary>What <paramref name="who"/> owned so far.</summary>
    public FieldSet OwnedBy(FieldOwner who) => owners.Find(o => o.IsSameAs(who))?.Fields ?? new FieldSet();

    /// <summary>What anybody but <paramref name="who"/> owns.</summary>
    public FieldSet OwnedByOthers(FieldOwner who)
    {
        var all = new FieldSet();
        foreach (var owner in owners)
        {
            all = owner.IsSameAs(who) ? all : all.Union(owner.Fields);
        }

        return all;
    }

    /// <summary>A write that changed <paramref name="comparison"/>: its manager takes what it touched, nobody keeps what is gone.</summary>
    public void Update(FieldOwner who, FieldComparison comparison)
    {
        var taken = WithoutServerFields(comparison.Changed);
        var fields = OwnedBy(who).Except(comparison.Removed).Union(taken);
        TakeFromOthers(who, taken, comparison.Removed);
        Set(who with { Fields = fields, Time = taken.IsEmpty ? TimeOf(who) : who.Time });
    }

    /// <summary>An apply: its manager owns exactly <paramref name="who"/>'s fields; others keep what they share and lose what is gone or forced.</summary>
    /// <exception cref="ApiException">Conflict: it changes what others own, and is not forced.</exception>
    public void Apply(FieldOwner who, FieldComparison comparison, bool force)
    {
        var conflicts = force ? [] : owners
            .Where(o => !o.IsSameAs(who))
            .Select(o => o with { Fields = o.Fields.Intersect(comparison.Changed) })
            .Where(static o => !o.Fields.IsEmpty)
            .ToList();
        if (conflicts.Count > 0)
        {
            throw ApplyConflict.Of(conflicts);
        }

        TakeFromOthers(who, comparison.Changed, comparison.Removed);
        var fields = WithoutServerFields(who.Fields);
        Set(who with { Fields = fields, Time = fields.HasSameFields(OwnedBy(who)) && comparison.IsNothing ? TimeOf(who) : who.Time });
    }

    private static FieldSet WithoutServerFields(FieldSet set)
    {
        set = set.Without("f:apiVersion").Without("f:kind");
        if (set.Find("f:metadata") is not { } metadata)
        {
            return set;
        }

        foreach (var name in Unowned)
        {
            metadata = metadata.Without(name);
        }

        metadata.IsMember = false;
        return set.With("f:metadata", metadata);
    }

    private Timestamp? TimeOf(FieldOwner who) => owners.Find(o => o.IsSameAs(who))?.Time;

    private void TakeFromOthers(FieldOwner who, FieldSet taken, FieldSet removed)
    {
        for (var i = owners.Count - 1; i >= 0; i--)
        {
            if (owners[i].IsSameAs(who))
            {
                continue;
            }

            owners[i] = owners[i] with { Fields = owners[i].Fields.Except(taken).Except(removed) };
            if (owners[i].Fields.IsEmpty)
            {
                owners.RemoveAt(i);
            }
        }
    }

    private void Set(FieldOwner who)
    {
        owners.RemoveAll(o => o.IsSameAs(who));
        if (!who.Fields.IsEmpty)
        {
            owners.Add(who);
        }
    }
}
