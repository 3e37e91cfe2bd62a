using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.Etcd.Replicated;

/// <summary>How many bytes an object takes in a member's file. Objects of one kind are much alike, so while the quota is far away one in 64 is measured, and the others count as much as that one.</summary>
/// <remarks>Measured is the object as JSON; etcd holds users' own kinds so, and built-in ones as protobuf, which is about a third shorter.</remarks>
internal sealed class ObjectSizes
{
    private const int MeasuredOneIn = 64;

    private readonly Dictionary<Type, Estimate> estimates = [];

    /// <param name="value">The object.</param>
    /// <param name="exact">Whether to measure this very one.</param>
    public int Of(IApiObject value, bool exact)
    {
        if (exact)
        {
            return Measure(value);
        }

        if (!estimates.TryGetValue(value.GetType(), out var estimate))
        {
            estimates.Add(value.GetType(), estimate = new Estimate());
        }

        if (estimate.Left-- == 0)
        {
            (estimate.Bytes, estimate.Left) = (Measure(value), MeasuredOneIn - 1);
        }

        return estimate.Bytes;
    }

    private static int Measure(IApiObject value)
    {
        var whole = value is ICompactObject compact ? compact.Unfolded : value;
        return JsonSerializer.SerializeToUtf8Bytes(whole, whole.GetType(), ApiJson.Default).Length;
    }

    private sealed class Estimate
    {
        public int Bytes { get; set; }

        public int Left { get; set; }
    }
}
