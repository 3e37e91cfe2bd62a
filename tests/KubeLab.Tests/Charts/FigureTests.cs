using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLab.Charts;
using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;
using KubeLab.Testing;

namespace KubeLab.Tests.Charts;

public sealed partial class FigureTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static TheoryData<string> Names { get; } = [.. SampleRuns.Figures.Keys];

    /// <summary><c>LAB_REWRITE=1</c> rewrites the files; read the difference, and look at the pictures, before committing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_as_recorded(string name)
    {
        var indented = JsonNode.Parse(SampleRuns.Figures[name]().ToJson())!.ToJsonString(Indented) + "\n";
        var actual = InlineLists().Replace(indented, list => Spaces().Replace(list.Value, " "));
        var path = SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "charts", $"{name}.json");
        Golden.Compare(path, actual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_series_give_the_same_bytes(string name) =>
        Assert.Equal(SampleRuns.Figures[name]().ToJson(), SampleRuns.Figures[name]().ToJson());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_has_a_title_named_axes_a_legend_and_words(string name)
    {
        var figure = SampleRuns.Figures[name]();
        var root = JsonNode.Parse(figure.ToJson())!;
        var layout = root["layout"]!.AsObject();
        Assert.Contains(figure.Title, (string?)layout["title"]!["text"], StringComparison.Ordinal);
        Assert.True((bool)layout["showlegend"]!);
        Assert.Equal(figure.Alt, (string?)layout["meta"]!["alt"]);
        Assert.StartsWith(figure.Title, figure.Alt, StringComparison.Ordinal);
        Assert.EndsWith(".", figure.Alt, StringComparison.Ordinal);
        Assert.Contains(figure.Alt, char.IsDigit);
        foreach (var (key, axis) in layout.Where(pair => pair.Key.Contains("axis", StringComparison.Ordinal)))
        {
            Assert.True(((string?)axis!["title"]?["text"])?.Length > 3, $"{key} says what it measures");
        }

        Assert.NotNull(layout["template"]!["layout"]!["font"]);
        Assert.NotNull(layout["meta"]!["dark"]!["layout"]!["font"]);
        Assert.NotEmpty(figure.Latest);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_trace_draws_on_an_axis_that_exists_and_only_with_types_of_the_basic_bundle(string name)
    {
        var root = JsonNode.Parse(SampleRuns.Figures[name]().ToJson())!;
        var layout = root["layout"]!.AsObject();
        foreach (var trace in root["data"]!.AsArray())
        {
            Assert.Contains((string?)trace!["type"], new[] { "scatter", "bar", "pie" });
            Assert.True(layout.ContainsKey(((string?)trace["yaxis"] ?? "y").Replace("y", "yaxis", StringComparison.Ordinal)));
            Assert.Equal(trace["x"]!.AsArray().Count, trace["y"]!.AsArray().Count);
        }
    }

    /// <summary>Plotly reads numbers of up to four digits on a date axis as years.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Positions_in_time_are_never_taken_for_years(string name)
    {
        var root = JsonNode.Parse(SampleRuns.Figures[name]().ToJson())!;
        if ((string?)root["layout"]!["xaxis"]!["type"] != "date")
        {
            return;
        }

        Assert.All(root["data"]!.AsArray().SelectMany(trace => trace!["x"]!.AsArray()), x => Assert.True(x is null || (double)x > 9999));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stacked_areas_are_never_negative(string name)
    {
        var stacked = SampleRuns.Figures[name]().Traces.OfType<ScatterTrace>().Where(trace => trace.StackGroup is not null);
        Assert.All(stacked, trace => Assert.All(trace.Y, y => Assert.True(y >= 0)));
    }

    /// <summary>Legend entries that differ must differ in more than colour.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Traces_differ_without_colour(string name)
    {
        var looks = SampleRuns.Figures[name]().Traces.Where(trace => trace.ShowLegend != false).GroupBy(trace => trace.YAxis).ToArray();
        foreach (var panel in looks)
        {
            var styles = panel.Select(trace => trace switch
            {
                ScatterTrace scatter => $"{scatter.Mode} {scatter.Line?.Dash} {scatter.Line?.Width} {scatter.Fill} {scatter.StackGroup} "
                    + $"{scatter.FillPattern?.Shape} {scatter.Marker?.Symbol} {scatter.Marker?.Size}",
                var bar => $"bar {bar.Marker?.Pattern?.Shape}",
            }).ToArray();
            Assert.Equal(styles.Length, styles.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void A_busy_hour_of_a_thousand_nodes_stays_small()
    {
        var figure = PodsByPhaseChart.Of(SampleRuns.BusyHour(), SampleRuns.Minutes(60));
        Assert.All(figure.Traces, trace => Assert.True(trace.X.Count <= Downsampling.InstantsMax));
        Assert.True(figure.ToJson().Length < 60_000, $"{figure.ToJson().Length} bytes");
        Assert.Contains(figure.Traces.Single(trace => trace.Name == "ContainerCreating").Y, y => y == 900);
    }

    [Fact]
    public void A_prediction_for_an_unknown_panel_says_which_there_are()
    {
        var frame = SampleRuns.Minutes(9) with { Predictions = [Prediction.Of("guess", 3, "memroy")] };
        var error = Assert.Throws<ArgumentException>(() => PodsByPhaseChart.Of(SampleRuns.BusyHour(), frame));
        Assert.Equal("there is no panel \"memroy\" to predict in; this chart has: pods", error.Message);
    }

    [Fact]
    public void Words_from_the_cluster_are_not_markup()
    {
        var events = new[] { new TimelineEvent(SampleRuns.Start, "pod/a", "Bad", true, "</script><img src=x onerror=alert(1)>%{y}") };
        var json = EventsTimelineChart.Of(events, SampleRuns.Minutes(1)).ToJson();
        Assert.DoesNotContain("<img", JsonNode.Parse(json)!["data"]![0]!["text"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("</script", json, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Lists of numbers or words: one line each, so that a difference shows a trace and not a thousand lines.</summary>
    [GeneratedRegex(@"\[[^\[\]{}]*\]")]
    private static partial Regex InlineLists();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Spaces();
}
