using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class ResponseMixTests
{
    [Fact]
    public void One_server_is_its_own_mixture() =>
        Assert.Equal(0.02 + (0.01 * Math.Log(20)), ResponseMix.Quantile([(5, new ResponseTime(0.02, 0.01))], 0.95), 6);

    [Fact]
    public void One_slow_server_of_ten_decides_the_tail_and_not_the_median()
    {
        List<(double, ResponseTime)> parts = [(9, new ResponseTime(0.01, 0.001)), (1, new ResponseTime(1, 0.5))];
        Assert.InRange(ResponseMix.Quantile(parts, 0.5), 0.010, 0.012);
        Assert.InRange(ResponseMix.Quantile(parts, 0.95), 1.3, 1.4);
    }

    [Fact]
    public void Without_answers_there_is_no_number()
    {
        Assert.True(double.IsNaN(ResponseMix.Quantile([], 0.5)));
        Assert.True(double.IsNaN(ResponseMix.Quantile([(0, new ResponseTime(1, 1))], 0.5)));
    }

    [Fact]
    public void As_many_answers_take_longer_as_the_percentile_says_and_percentiles_are_in_order()
    {
        var part = from weight in Gen.Choose(1, 100)
                   from least in Gen.Choose(0, 1000)
                   from spread in Gen.Choose(1, 1000)
                   select ((double)weight, new ResponseTime(least / 1000.0, spread / 1000.0));
        Prop.ForAll(Arb.From(part.NonEmptyListOf()), Arb.From(Gen.Choose(1, 999)), (parts, share) =>
        {
            var list = parts.ToList();
            var at = ResponseMix.Quantile(list, share / 1000.0);
            var longer = list.Sum(p => p.Item1 * p.Item2.Exceeds(at)) / list.Sum(p => p.Item1);
            Assert.InRange(longer, 0, 1 - (share / 1000.0) + 1e-6);
            Assert.True(ResponseMix.Quantile(list, 0.5) <= ResponseMix.Quantile(list, 0.95) && ResponseMix.Quantile(list, 0.95) <= ResponseMix.Quantile(list, 0.99));
        }).QuickCheckThrowOnFailure();
    }
}
