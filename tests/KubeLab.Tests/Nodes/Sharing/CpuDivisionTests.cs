using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Sharing;

namespace KubeLab.Tests.Nodes.Sharing;

public sealed class CpuDivisionTests
{
    [Theory]
    // Enough for all: everybody gets what he wants.
    [InlineData(4000, "B:1000:1500 B:500:2000", "1500 2000")]
    // By request, when all want more than their part.
    [InlineData(3000, "B:1000:4000 B:500:4000", "2000 1000")]
    // What the first leaves goes to the others, again by request.
    [InlineData(4000, "B:1000:500 B:1000:4000 B:2000:4000", "500 1167 2333")]
    // A request that is used in full is met even beside somebody greedy.
    [InlineData(2000, "B:1500:1500 B:100:4000", "1500 500")]
    // BestEffort gets the crumbs, but all of what nobody else wants.
    [InlineData(2000, "B:1000:2000 E:0:2000", "1996 4")]
    [InlineData(2000, "B:1000:500 E:0:2000", "500 1500")]
    // The pods of class BestEffort weigh no more together than one of them.
    [InlineData(1026, "B:1000:2000 E:0:900 E:0:900", "1024 1 1")]
    // Pods of class Guaranteed stand beside the group of Burstable ones.
    [InlineData(3000, "G:1000:3000 B:1000:3000 B:1000:3000", "1000 1000 1000")]
    // An idle Burstable pod's request serves its greedy neighbour of the class.
    [InlineData(2000, "G:1000:2000 B:900:0 B:100:2000", "1000 1000")]
    // Requests of nothing weigh 2, not 0.
    [InlineData(1028, "B:0:4000 B:1000:4000", "2 1026")]
    // There is nothing.
    [InlineData(0, "B:1000:4000", "0")]
    public void Cores_are_divided_by_class_and_request(int millis, string asks, string expected)
    {
        var list = asks.Split(' ').Select((text, i) => Ask(text, i)).ToList();
        var gets = CpuDivision.Divide(millis, list).Where((_, i) => list[i].WantsMillis > 0);
        Assert.Equal(expected, string.Join(' ', gets.Select(g => Math.Round(g))));
    }

    [Fact]
    public void A_pods_containers_divide_what_the_pod_got()
    {
        CpuAsk[] asks = [new(0, QosClass.Burstable, 750, 4000), new(0, QosClass.Burstable, 250, 4000), new(1, QosClass.Burstable, 1000, 4000)];
        Assert.Equal([1500, 500, 2000], CpuDivision.Divide(4000, asks).Select(g => Math.Round(g)));
    }

    [Fact]
    public void Nobody_gets_more_than_he_wants_and_nothing_is_left_that_somebody_wants()
    {
        var ask = from pod in Gen.Choose(0, 12)
                  from request in Gen.Choose(0, 4000)
                  from wants in Gen.Choose(0, 4000)
                  select new CpuAsk(pod, request == 0 ? QosClass.BestEffort : pod % 3 == 0 ? QosClass.Guaranteed : QosClass.Burstable, request, wants);
        Prop.ForAll(Arb.From(ask.ListOf()), Arb.From(Gen.Choose(1, 16_000)), (asks, millis) =>
        {
            var list = asks.ToList();
            var gets = CpuDivision.Divide(millis, list);
            for (var i = 0; i < list.Count; i++)
            {
                Assert.InRange(gets[i], -1e-6, list[i].WantsMillis + 1e-6);
            }

            Assert.Equal(Math.Min(millis, list.Sum(a => a.WantsMillis)), gets.Sum(), 3);
        }).QuickCheckThrowOnFailure();
    }

    private static CpuAsk Ask(string text, int pod)
    {
        var parts = text.Split(':');
        var qos = parts[0] switch { "G" => QosClass.Guaranteed, "B" => QosClass.Burstable, _ => QosClass.BestEffort };
        return new CpuAsk(pod, qos, long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
