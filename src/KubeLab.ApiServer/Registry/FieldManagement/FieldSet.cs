namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>A set of fields, as a tree whose edges are <c>f:name</c>, <c>k:{…}</c> and <c>v:…</c>.</summary>
/// <remarks>
/// A field can be in the set without what it holds, and the other way round. Upstream: sigs.k8s.io/structured-merge-diff/fieldpath.
/// </remarks>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> children = new(StringComparer.Ordinal);

    /// <summary>Whether the field at this place is itself in the set.</summary>
    public bool IsMember { get; set; }

    public bool IsEmpty => !IsMember && children.Count == 0;

    public IReadOnlyDictionary<string, FieldSet> Children => children;

    /// <summary>The place under <paramref name="key"/>, made when it is not there.</summary>
    public FieldSet At(string key)
    {
        if (!children.TryGetValue(key, out var child))
        {
            children.Add(key, child = new FieldSet());
        }

        return child;
    }

    public FieldSet? Find(string key) => children.GetValueOrDefault(key);

    /// <summary>What is in this set or in <paramref name="other"/>.</summary>
    public FieldSet Union(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var (key, child) in children)
        {
            result.children[key] = other.Find(key) is { } theirs ? child.Union(theirs) : child;
        }

        foreach (var (key, child) in other.children)
        {
            result.children.TryAdd(key, child);
        }

        return result;
    }

    /// <summary>What is in this set and not in <paramref name="other"/>.</summary>
    public FieldSet Except(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember && !other.IsMember };
        foreach (var (key, child) in children)
        {
            result.Keep(key, other.Find(key) is { } theirs ? child.Except(theirs) : child);
        }

        return result;
    }

    /// <summary>What is in both sets.</summary>
    public FieldSet Intersect(FieldSet other)
    {
        var result = new FieldSet { IsMember = IsMember && other.IsMember };
        foreach (var (key, child) in children)
        {
            if (other.Find(key) is { } theirs)
            {
                result.Keep(key, child.Intersect(theirs));
            }
        }

        return result;
    }

    /// <summary>The set without the field <paramref name="key"/> and all that is under it.</summary>
    public FieldSet Without(string key)
    {
        var result = new FieldSet { IsMember = IsMember };
        foreach (var (name, child) in children)
        {
            if (name != key)
            {
                result.children.Add(name, child);
            }
        }

        return result;
    }

    /// <summary>The set with <paramref name="child"/> in the place under <paramref name="key"/>; an empty one leaves no trace.</summary>
    public FieldSet With(string key, FieldSet child)
    {
        var result = Without(key);
        result.Keep(key, child);
        return result;
    }

    /// <summary>Only the part under <paramref name="key"/>.</summary>
    public FieldSet Only(string key)
    {
        var result = new FieldSet();
        if (Find(key) is { } child)
        {
            result.Keep(key, child);
        }

        return result;
    }

    /// <summary>The set without the empty places that building it has left.</summary>
    public FieldSet Trimmed()
    {
        var result = new FieldSet { IsMember = IsMember };
        foreach (var (key, child) in children)
        {
            result.Keep(key, child.Trimmed());
        }

        return result;
    }

    public bool HasSameFields(FieldSet other)
    {
        if (IsMember != other.IsMember || children.Count != other.children.Count)
        {
            return false;
        }

        foreach (var (key, child) in children)
        {
            if (other.Find(key) is not { } theirs || !child.HasSameFields(theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The path of every member, as conflicts name it.</summary>
    public IEnumerable<string> Paths(string above = "")
    {
        if (IsMember)
        {
            yield return above;
        }

        foreach (var (key, child) in children)
        {
            foreach (var path in child.Paths(above + FieldPaths.Text(key)))
            {
                yield return path;
            }
        }
    }

    private void Keep(string key, FieldSet child)
    {
        if (!child.IsEmpty)
        {
            children[key] = child;
        }
    }
}
