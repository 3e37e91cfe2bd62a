using FsCheck;
using FsCheck.Fluent;
using KubeLab.Controllers.Jobs;

namespace KubeLab.Tests.Controllers.Jobs;

public sealed class IndexRangesTests
{
    [Theory]
    [InlineData("", 10, "")]
    [InlineData("0", 10, "0")]
    [InlineData("1,2", 10, "1,2")]
    [InlineData("1-2", 10, "1,2")]
    [InlineData("1-3,5,7-9", 10, "1-3,5,7-9")]
    [InlineData("1-3,4,6", 10, "1-4,6")]
    [InlineData("0-7,9", 5, "0-4")]
    [InlineData("0,a,3-b,4", 10, "0,4")]
    [InlineData("5-9", 5, "")]
    public void Ranges_are_read_as_far_as_they_make_sense(string text, int below, string expected) =>
        Assert.Equal(expected, IndexRanges.Parse(text, below).ToString());

    [Fact]
    public void They_behave_as_sets() => Prop.ForAll(
        Sets().ToArbitrary(),
        Sets().ToArbitrary(),
        (left, right) =>
        {
            var (a, b) = (IndexRanges.Of(left), IndexRanges.Of(right));
            Assert.Equal(left.Count, a.Count);
            Assert.Equal(left.Union(right).Order(), Enumerable.Range(0, 60).Where(a.Union(b).Contains));
            Assert.Equal(left.Intersect(right).Count(), a.CountCommon(b));
            Assert.Equal(a.ToString(), IndexRanges.Parse(a.ToString(), 60).ToString());
            Assert.Equal(Enumerable.Range(0, 50).Except(left).Take(7), a.Missing(50, 7));
        }).QuickCheckThrowOnFailure();

    private static Gen<HashSet<int>> Sets() => Gen.Choose(0, 40).ListOf().Select(l => l.ToHashSet());
}
