using System.Text.Json.Nodes;
using KubeLab.Charts;
using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Tests.Charts;

public sealed class EdgeCaseTests
{
    private static readonly TimeSeries Nothing = new("nothing", "pods");

    [Fact]
    public void A_lab_in_which_nothing_happened_yet_has_a_picture()
    {
        var figure = PodsByPhaseChart.Of([Nothing], SampleRuns.Minutes(0));
        Assert.Equal("Pods by phase: 1 s of simulated time. Pods: there are none.", figure.Alt);
        Assert.All(figure.Traces, trace => Assert.All(trace.Y, y => Assert.Equal(0, y)));
    }

    [Fact]
    public void Without_events_the_timeline_says_so() =>
        Assert.Equal("Events: 5 minutes of simulated time. There were no events.", EventsTimelineChart.Of([], SampleRuns.Minutes(5)).Alt);

    [Fact]
    public void Without_nodes_the_error_says_what_to_do()
    {
        var error = Assert.Throws<ArgumentException>(() => PackingChart.Of([], SampleRuns.Minutes(5)));
        Assert.Contains("add a node pool first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_number_becomes_a_gap()
    {
        var series = new TimeSeries("Running", "pods");
        series.Record(SampleRuns.Start, 3);
        series.Record(SampleRuns.Start.AddSeconds(30), double.NaN);
        series.Record(SampleRuns.Start.AddSeconds(60), 4);
        var figure = PodsByPhaseChart.Of([series], SampleRuns.Minutes(2));
        Assert.Contains("null", figure.ToJson(), StringComparison.Ordinal);
        Assert.Equal(4.24, figure.Layout.YAxis!.Range![1], 6);
    }

    [Fact]
    public void Of_many_parts_the_smallest_are_drawn_as_one_and_the_sum_stays()
    {
        TimeSeries[] parts = [.. Enumerable.Range(1, 20).Select(i => SampleRuns.Series($"pool-{i:00}", "USD/h", 10, _ => i))];
        var rate = SampleRuns.Series("rate", "USD/h", 10, _ => 210);
        var figure = CostChart.Of(new MoneySeries(SampleRuns.Series("bill", "USD", 10, minute => 3.5 * minute), rate, parts), SampleRuns.Minutes(10));
        var stacked = figure.Traces.OfType<ScatterTrace>().Where(trace => trace.StackGroup is not null).ToArray();
        Assert.Equal(8, stacked.Length);
        Assert.Equal("rate: 13 others", stacked[^1].Name);
        Assert.Equal(210, stacked.Sum(trace => trace.Y[0]));
    }

    [Fact]
    public void Nodes_beyond_the_map_share_cells_and_none_is_lost()
    {
        var capacity = SampleRuns.Series("capacity", "pods", 0, _ => 110);
        var pods = SampleRuns.Series("pods", "pods", 0, _ => 55);
        var figure = PodsPerNodeChart.Of([.. Enumerable.Range(0, 5000).Select(i => new PodsOnNode($"n-{i}", pods, capacity))], SampleRuns.Minutes(1));
        Assert.Equal(2000, figure.Traces.Sum(trace => trace.X.Count));
        Assert.Equal("5000 nodes", Assert.Single(figure.Latest).Value);
        Assert.True(figure.ToJson().Length < 200_000);
    }

    [Fact]
    public void Crowded_markers_keep_their_lines_and_lose_only_labels()
    {
        var markers = Enumerable.Range(0, 60).Select(i => new EventMarker(SampleRuns.Start.AddSeconds(i), $"marker number {i}")).ToArray();
        var figure = PodsByPhaseChart.Of([Nothing], SampleRuns.Minutes(10) with { Markers = markers });
        Assert.Equal(60, figure.Layout.Shapes!.Count);
        Assert.InRange(figure.Layout.Annotations!.Count, 4, 12);
        Assert.EndsWith("60 events are marked.", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_beside_lines_keep_their_distance()
    {
        var flat = SampleRuns.Series("x", "cores", 1, _ => 2);
        var resource = new ResourceSeries(flat, flat, flat);
        var figure = UtilisationChart.Of(resource, resource, new MoneySeries(flat, flat), SampleRuns.Minutes(1));
        var places = figure.Layout.Annotations!.Where(words => words.YRef == "y").Select(words => words.YShift!.Value).Order().ToArray();
        Assert.Equal(3, places.Length);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 13.99));
    }

    [Fact]
    public void Time_after_days_is_told_as_day_and_hour()
    {
        var frame = SampleRuns.Minutes(3000) with { Markers = [new(SampleRuns.Start.AddDays(1.5), "noon")] };
        var figure = PodsByPhaseChart.Of([Nothing], frame);
        Assert.Contains(figure.Layout.Annotations!, words => words.HoverText == "day 2, 12:00 noon");
        Assert.Contains("day", (string?)JsonNode.Parse(figure.ToJson())!["layout"]!["xaxis"]!["title"]!["text"], StringComparison.Ordinal);
    }
}
