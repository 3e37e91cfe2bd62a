using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Discovery;
using KubeLab.Controllers.ServiceEndpoints;

namespace KubeLab.Tests.Controllers.ServiceEndpoints;

public sealed class SlicePlanTests
{
    private static readonly ValueList<EndpointPort> Http = [new() { Name = "http", Port = 80 }];

    [Fact]
    public void A_service_that_leads_nowhere_has_an_empty_slice()
    {
        var plan = SlicePlan.For([], []);
        Assert.Equal(([], 0), (Assert.Single(plan.Create).Ports, plan.Create[0].Endpoints.Count));
        Assert.Equal((0, 0, 0), Sizes(SlicePlan.For([Slice("a", new SliceContent(default, []))], [])));
        var full = Slice("a", Http, 1);
        plan = SlicePlan.For([full], []);
        Assert.Equal((1, 0, 1), Sizes(plan));
    }

    [Fact]
    public void A_slice_holds_a_hundred() =>
        Assert.Equal([100, 100, 50], SlicePlan.For([], [Wanted(250)]).Create.Select(c => c.Endpoints.Count));

    [Fact]
    public void What_is_right_is_left_alone() => Assert.Equal((0, 0, 0), Sizes(SlicePlan.For([Slice("a", Http, 1, 2, 3)], [Wanted(3)])));

    [Fact]
    public void A_newcomer_goes_into_the_fullest_slice_that_has_room()
    {
        var plan = SlicePlan.For([Slice("small", Http, 1), Slice("large", Http, 2, 3, 4)], [Wanted(5)]);
        Assert.Equal((0, 1, 0), Sizes(plan));
        Assert.Equal(("large", 4), (plan.Update[0].Metadata.Name, plan.Update[0].Endpoints.Count));
    }

    [Fact]
    public void A_slice_that_changes_anyway_is_filled_up()
    {
        var plan = SlicePlan.For([Slice("a", Http, 1, 9), Slice("b", Http, 2, 3, 4)], [Wanted(5)]);
        Assert.Equal((0, 1, 0), Sizes(plan));
        Assert.Equal("a", plan.Update[0].Metadata.Name);
    }

    [Fact]
    public void Other_ports_need_other_slices()
    {
        var plan = SlicePlan.For([Slice("a", [new() { Name = "old", Port = 1 }], 1)], [Wanted(1)]);
        Assert.Equal((1, 0, 1), Sizes(plan));
    }

    [Fact]
    public void After_any_change_exactly_the_wanted_endpoints_are_there() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (before, after) =>
        {
            var existing = SlicePlan.For([], [Content(before)]).Create.Select((c, i) => Slice($"s{i}", c)).ToList();
            var plan = SlicePlan.For(existing, [Content(after)]);
            var touched = plan.Update.Concat(plan.Delete).Select(s => s.Metadata.Name).ToHashSet();
            var left = existing.Where(s => !touched.Contains(s.Metadata.Name)).Concat(plan.Update).SelectMany(s => s.Endpoints)
                .Concat(plan.Create.SelectMany(c => c.Endpoints)).Select(e => e.Addresses[0]).Order(StringComparer.Ordinal).ToList();
            var again = SlicePlan.For(
                [.. existing.Where(s => !touched.Contains(s.Metadata.Name)), .. plan.Update, .. plan.Create.Select((c, i) => Slice($"n{i}", c))], [Content(after)]);
            return left.SequenceEqual(Content(after).Endpoints.Select(e => e.Addresses[0]).Order(StringComparer.Ordinal))
                && plan.Update.All(s => s.Endpoints.Count <= SlicePlan.EndpointsMax)
                && Sizes(again) == (0, 0, 0);
        }).QuickCheckThrowOnFailure();

    private static (int Create, int Update, int Delete) Sizes(SlicePlan plan) => (plan.Create.Count, plan.Update.Count, plan.Delete.Count);

    private static SliceContent Wanted(int count) => new(Http, [.. Enumerable.Range(1, count).Select(Endpoint)]);

    private static SliceContent Content(byte[] numbers) => new(Http, [.. numbers.Distinct().Order().Select(n => Endpoint(n))]);

    private static EndpointSlice Slice(string name, SliceContent content) =>
        new() { Metadata = new() { Name = name }, AddressType = "IPv4", Ports = content.Ports, Endpoints = content.Endpoints.ToValueList() };

    private static EndpointSlice Slice(string name, ValueList<EndpointPort> ports, params int[] numbers) =>
        new() { Metadata = new() { Name = name }, AddressType = "IPv4", Ports = ports, Endpoints = numbers.Select(Endpoint).ToValueList() };

    private static Endpoint Endpoint(int number) => new()
    {
        Addresses = [$"10.0.{number / 256}.{number % 256}"],
        Conditions = new() { Ready = true },
        TargetRef = new() { Kind = "Pod", Name = $"p{number}", Uid = $"u{number}" },
    };
}
