using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLab.Http.Time;

/// <summary>What is remembered of one connection: the anchor that its first request gave it.</summary>
/// <remarks>The clock's thread sets it, before it answers anything on the connection; the connection's own thread reads it afterwards.</remarks>
internal sealed class AnchoredConnection
{
    private static readonly object Key = new();

    /// <summary>The anchor, or null before the first request.</summary>
    public TimeAnchor? Anchor { get; private set; }

    /// <summary>The connection of a request.</summary>
    public static AnchoredConnection Of(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        lock (items)
        {
            if (items.TryGetValue(Key, out var known))
            {
                return (AnchoredConnection)known!;
            }

            var connection = new AnchoredConnection();
            items[Key] = connection;
            return connection;
        }
    }

    /// <summary>The anchor, made now if this is the first request.</summary>
    public TimeAnchor AnchorAt(DateTimeOffset wall, DateTimeOffset virtualNow) => Anchor ??= new TimeAnchor(wall, virtualNow);
}
