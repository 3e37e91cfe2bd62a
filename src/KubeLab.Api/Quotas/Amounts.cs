namespace KubeLab.Api.Quotas;

/// <summary>Arithmetic on amounts by resource name.</summary>
/// <remarks>Upstream: staging/src/k8s.io/apiserver/pkg/quota/v1/resources.go.</remarks>
public static class Amounts
{
    /// <summary>The sum, name by name.</summary>
    public static ResourceList Add(ResourceList left, ResourceList right)
    {
        foreach (var (name, amount) in right)
        {
            left = left.With(name, left.TryGetValue(name, out var present) ? present + amount : amount);
        }

        return left;
    }

    /// <summary>The difference, name by name; a name that only <paramref name="right"/> has becomes negative.</summary>
    public static ResourceList Subtract(ResourceList left, ResourceList right)
    {
        foreach (var (name, amount) in right)
        {
            left = left.With(name, (left.TryGetValue(name, out var present) ? present : Quantity.Zero.WithFormat(amount.Format)) - amount);
        }

        return left;
    }

    /// <summary>The greater amount, name by name.</summary>
    public static ResourceList Max(ResourceList left, ResourceList right)
    {
        foreach (var (name, amount) in right)
        {
            if (!left.TryGetValue(name, out var present) || amount > present)
            {
                left = left.With(name, amount);
            }
        }

        return left;
    }

    /// <summary>Only the entries whose names <paramref name="keep"/> wants.</summary>
    public static ResourceList Where(ResourceList amounts, Func<string, bool> keep)
    {
        var kept = amounts;
        foreach (var (name, _) in amounts)
        {
            kept = keep(name) ? kept : kept.Without(name);
        }

        return kept;
    }

    /// <summary>Only the entries that are not zero.</summary>
    public static ResourceList NonZero(ResourceList amounts)
    {
        var kept = amounts;
        foreach (var (name, amount) in amounts)
        {
            kept = amount.IsZero ? kept.Without(name) : kept;
        }

        return kept;
    }

    /// <summary>The entries as refusals write them: <c>cpu=1,pods=2</c>.</summary>
    public static string Text(ResourceList amounts) => string.Join(',', amounts.Select(a => $"{a.Key}={a.Value}"));
}
