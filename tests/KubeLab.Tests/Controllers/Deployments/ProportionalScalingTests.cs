using FsCheck;
using FsCheck.Fluent;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class ProportionalScalingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The example of the Kubernetes docs: 10 wished, surge 3, scaled to 15 while 8 old and 5 new pods are there.</summary>
    [Fact]
    public void New_pods_are_spread_over_old_and_new_sets_as_in_the_docs() =>
        Assert.Equal((11, 7), Sizes(15, 3, (8, 13), (5, 13)));

    /// <summary>Rows of upstream's TestScale: the wish, old and new size before and after.</summary>
    [Theory]
    [InlineData(12, 0, 10, 5, 5, 6, 6)]
    [InlineData(5, 0, 10, 7, 3, 3, 2)]
    [InlineData(0, 0, 10, 6, 4, 0, 0)]
    [InlineData(20, 0, 10, 5, 5, 10, 10)]
    public void Shares_stay(int desired, int surge, int before, int old, int @new, int oldAfter, int newAfter) =>
        Assert.Equal((oldAfter, newAfter), Sizes(desired, surge, (old, before), (@new, before)));

    [Fact]
    public void Leftovers_go_to_the_newer_of_equals_when_growing_and_from_the_older_when_shrinking()
    {
        Assert.Equal((5, 6), Sizes(11, 0, (5, 10), (5, 10)));
        Assert.Equal((4, 5), Sizes(9, 0, (5, 10), (5, 10)));
    }

    [Fact]
    public void A_set_that_does_not_remember_uses_the_size_of_the_deployment() =>
        Assert.Equal(
            [new Resize("a", 8), new Resize("b", 4)],
            ProportionalScaling.Sizes(12, 0, 6, [new("a", Start, 4, 4), new("b", Start, 2, 2)]));

    [Fact]
    public void Proportional_parts_sum_to_the_whole() => Prop.ForAll(
        Gen.Choose(8, 60).Or(Gen.Constant(0)).ToArbitrary(),
        Gen.Choose(0, 10).ToArbitrary(),
        Gen.Choose(1, 4).SelectMany(n => Gen.Choose(1, 30).ListOf(n)).ToArbitrary(),
        (desired, surge, sizes) =>
        {
            var before = sizes.Sum();
            var sets = sizes.Select((size, i) => new ReplicaSetSize($"set-{i}", Start.AddSeconds(i), size, size, before)).ToList();
            var after = ProportionalScaling.Sizes(desired, surge, before, sets);
            return after.Count == sets.Count && after.All(a => a.To >= 0) && after.Sum(a => a.To) == (desired == 0 ? 0 : desired + surge);
        }).QuickCheckThrowOnFailure();

    private static (int Old, int New) Sizes(int desired, int surge, (int Size, int Max) old, (int Size, int Max) @new)
    {
        var after = ProportionalScaling.Sizes(
            desired, surge, 0, [new("old", Start, old.Size, old.Size, old.Max), new("new", Start.AddSeconds(9), @new.Size, @new.Size, @new.Max)]);
        return (after.Single(a => a.Name == "old").To, after.Single(a => a.Name == "new").To);
    }
}
