using KubeLab.Charts;
using KubeLab.Cloud.Prices;
using KubeLab.Physics;
using Xunit.Abstractions;

namespace KubeLab.Tests.Physics;

/// <summary>The campaign of CMS on simulated clusters: 353 jobs through the real scheduler, controllers and kubelets, against what was measured.</summary>
public sealed class PfNanoRunTests(PfNanoRunTests.Runs runs, ITestOutputHelper output) : IClassFixture<PfNanoRunTests.Runs>
{
    [Theory]
    [InlineData(12, 46, 2.0)]
    [InlineData(24, 23.5, 1.0)]
    [InlineData(90, 7.2, 0.4)]
    public void Hours_are_as_measured_and_the_price_stays_the_same(int nodes, double hours, double tolerance)
    {
        var result = runs.Of(new PfNanoWish { Nodes = nodes });
        output.WriteLine($"{result}, {result.CostIn("CHF").ToString(2)}\n{result.Bill}");
        Assert.Equal((4, 0), (result.JobsPerNode, result.Failed));
        Assert.InRange(result.Hours, hours - tolerance, hours + tolerance);
        Assert.InRange(result.CostIn("CHF").Amount, 70, 80);
    }

    [Fact]
    public void The_five_published_points_keep_their_order_in_time()
    {
        var wishes = PfNanoRun.Published();
        var results = wishes.Select(runs.Of).ToList();
        results.ForEach(r => output.WriteLine(r.ToString()));
        var published = MeasuredRun.All();
        Assert.Equal(
            published.OrderBy(r => r.Hours).Select(r => $"{r.Nodes} x {r.Machine}"),
            results.OrderBy(r => r.Hours).Select(r => r.Wish.ToString()));
    }

    [Fact]
    public void What_jobs_take_stands_in_the_data_once_and_the_program_agrees()
    {
        var text = File.ReadAllText(KubeLab.Testing.SourceTree.PathOf("data", "physics", "processing.json"));
        var program = File.ReadAllText(KubeLab.Testing.SourceTree.PathOf("data", "programs", "physics.yaml"));
        var step = System.Text.Json.Nodes.JsonNode.Parse(text)!["steps"]!.AsArray().First(s => ((string)s!["step"]!).Contains("e2 vCPU", StringComparison.Ordinal))!;
        var (hours, variation) = ((decimal)step["value"]!, (decimal)step["cv"]!);
        Assert.Contains(FormattableString.Invariant($"mean: {hours * 3600:0}, cv: {variation:0.##}"), program, StringComparison.Ordinal);
    }

    [Fact]
    public void Measured_points_can_be_drawn_beside_a_run()
    {
        var small = PfNanoRun.Of(new PfNanoWish { Nodes = 2, Files = 8 });
        Assert.InRange(small.Hours, 5.7, 8.5);
        var figure = TimePricePlaneChart.Of([small.ToPoint("CHF")], PfNanoRun.Measured(), "CHF");
        Assert.Contains("measured 12 x e2-standard-4: 46 hours for 82 CHF", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_beside_each_other_come_out_as_if_each_were_alone()
    {
        var wish = new PfNanoWish { Nodes = 2, Files = 8 };
        var slow = wish with { ImageCached = false, IdleNodesGoAfter = null };
        var both = PfNanoRun.Compare(wish, slow);
        Assert.Equal(PfNanoRun.Of(wish).ToString(), both.Results[0].ToString());
        Assert.True(both.Results[1].Bill.Total > both.Results[0].Bill.Total);
        Assert.Contains("2 x e2-standard-4, all kept to the end, image pulled first", both.ToString(), StringComparison.Ordinal);
        Assert.Contains("unknown machine type", Assert.Throws<ArgumentException>(() => PfNanoRun.Compare(wish, wish with { Machine = "e3" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PfNanoRun.Compare());
    }

    /// <summary>Runs each wish once.</summary>
    public sealed class Runs
    {
        private readonly Dictionary<PfNanoWish, PfNanoResult> results = [];

        public PfNanoResult Of(PfNanoWish wish)
        {
            if (!results.TryGetValue(wish, out var result))
            {
                results.Add(wish, result = PfNanoRun.Of(wish));
            }

            return result;
        }
    }
}
