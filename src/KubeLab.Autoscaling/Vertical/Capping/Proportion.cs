using KubeLab.Api;

namespace KubeLab.Autoscaling.Vertical.Capping;

/// <summary>Limits and requests that keep the relation they had.</summary>
/// <remarks>Upstream: pkg/utils/vpa/limit_and_request_scaling.go. An absent amount and zero are the same here.</remarks>
internal static class Proportion
{
    /// <summary>The limits that are to their recommended requests as the old ones were to theirs, and remarks about those that are not.</summary>
    public static (ResourceList Limits, IReadOnlyList<string> Remarks) Limits(ResourceList limits, ResourceList requests, ResourceList recommended, ResourceList defaults)
    {
        var made = default(ResourceList);
        var remarks = new List<string>();
        foreach (var resource in (string[])[Amounts.Cpu, Amounts.Memory])
        {
            var (limit, remark) = Limit(resource, Of(limits, resource), Of(requests, resource), Of(recommended, resource), Of(defaults, resource));
            made = limit is { } one ? made.With(resource, one) : made;
            if (remark is not null)
            {
                remarks.Add(remark);
            }
        }

        return made.IsEmpty ? (made, []) : (made, remarks);
    }

    /// <summary>The same for one resource; null when there is no limit to keep.</summary>
    public static (Quantity? Limit, string? Remark) Limit(string resource, Quantity limit, Quantity request, Quantity recommended, Quantity @default)
    {
        limit = limit.IsZero ? @default : limit;
        if (limit.IsZero)
        {
            return (null, $"{resource}: limit NOT set since originalLimit is nil or 0");
        }

        if (recommended.IsZero)
        {
            return (null, $"{resource}: limit NOT set since recommendedRequest is nil or 0");
        }

        // A limit alone is also the request.
        if (request.IsZero || request.MilliValue == limit.MilliValue)
        {
            return (recommended, null);
        }

        var (scaled, isCapped) = Scaled(resource, limit, request, recommended);
        return (scaled, isCapped ? $"{resource}: failed to keep limit to request ratio; capping limit to int64" : null);
    }

    /// <summary>The request at which the limit would reach <paramref name="bound"/>; zero when there is no limit.</summary>
    public static Quantity Request(string resource, Quantity request, Quantity limit, Quantity bound, Quantity @default)
    {
        limit = limit.IsZero ? @default : limit;
        return limit.IsZero ? Quantity.Zero : request.IsZero ? bound : Scaled(resource, request, limit, bound).Amount;
    }

    /// <summary>An amount that is to <paramref name="amount"/> as <paramref name="to"/> is to <paramref name="from"/>; fractions of the smallest unit are cut off.</summary>
    public static (Quantity Amount, bool IsCapped) Scaled(string resource, Quantity amount, Quantity from, Quantity to)
    {
        var isCpu = resource == Amounts.Cpu;
        var (value, divisor, factor) = isCpu ? (amount.MilliValue, from.MilliValue, to.MilliValue) : (amount.Value, from.Value, to.Value);
        var scaled = (Int128)value * factor / divisor;
        var isCapped = scaled > long.MaxValue;
        var held = isCapped ? long.MaxValue : (long)scaled;
        return (isCpu ? Quantity.FromMilli(held, amount.Format) : Quantity.FromValue(held, amount.Format), isCapped);
    }

    /// <summary>What a list has of a resource; zero when it has none.</summary>
    public static Quantity Of(ResourceList list, string resource) => list[resource] ?? Quantity.Zero;
}
