using KubeLab.Api;
using KubeLab.Nodes.Pressure;

namespace KubeLab.Tests.Nodes.Pressure;

public sealed class EvictionRankingTests
{
    // Name:priority:used:requested, in any unit.
    [Theory]
    // Who uses more than requested goes first, whatever its priority and however little it is.
    [InlineData("low-within:0:90:100 high-beyond:1000:11:10", "high-beyond low-within")]
    // Then priority decides, even when the other is far greedier.
    [InlineData("high:10:900:100 low:1:110:100", "low high")]
    // Then who is furthest beyond its request, not who uses most.
    [InlineData("large:0:1000:900 small:0:300:100", "small large")]
    // Without requests all is beyond the request.
    [InlineData("burstable:0:200:150 best-effort:0:100:0", "best-effort burstable")]
    // Exactly the request is not more than it.
    [InlineData("exact:0:100:100 more:0:101:100", "more exact")]
    // Within their requests too, who has least room goes first.
    [InlineData("roomy:0:10:100 tight:0:95:100", "tight roomy")]
    [InlineData("a:0:200:100 b:0:200:100 c:0:200:100", "a b c")]
    [InlineData("a:5:0:0 b:0:0:0", "b a")]
    public void Pods_go_in_upstreams_order(string pods, string expected)
    {
        var ranked = EvictionRanking.Rank(pods.Split(' '), text =>
        {
            var parts = text.Split(':');
            return new EvictionFigures(Number(parts[1]), Number(parts[2]), Number(parts[3]));
        });
        Assert.Equal(expected, string.Join(' ', ranked.Select(p => p.Split(':')[0])));
    }

    [Fact]
    public void The_message_names_those_who_used_more_than_they_requested()
    {
        var message = EvictionMessage.Of("memory", 100 << 20, 48 << 20, [("web", 300 << 20, Quantity.Parse("256Mi")), ("ok", 10 << 20, Quantity.Parse("64Mi")), ("free", 1536, Quantity.Zero)]);
        Assert.Equal(
            "The node was low on resource: memory. Threshold quantity: 100Mi, available: 48Mi. "
            + "Container web was using 300Mi, request is 256Mi, has larger consumption of memory. "
            + "Container free was using 1536, request is 0, has larger consumption of memory. ",
            message);
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
