using System.Text.Json.Nodes;
using KubeLab.Charts;
using KubeLab.Simulation;

namespace KubeLab.Tests.Observing;

public sealed class ScalingRecorderTests
{
    [Fact]
    public void Copies_are_recorded_as_wanted_existing_and_ready_each_when_it_changed()
    {
        using var cluster = Shops.Open();
        var asked = cluster.Now;
        cluster.Kubectl("scale deployment shop --replicas=4");
        cluster.RunFor(60);
        var shop = cluster.Recorder.Scaling.Find("default", "shop")!;

        Assert.Equal(2, shop.Wanted.ValueAt(asked.AddTicks(-1)));
        Assert.Equal(4, shop.Wanted.Latest);
        Assert.Equal(4, shop.Existing.Latest);
        Assert.Equal(4, shop.Ready.Latest);
        var (wanted, existing, ready) = (First(shop.Wanted), First(shop.Existing), First(shop.Ready));
        Assert.True(asked <= wanted && wanted <= existing && existing < ready, $"{wanted:O} {existing:O} {ready:O}");

        cluster.Kubectl("scale deployment shop --replicas=1");
        cluster.RunFor(60);
        Assert.Equal((1, 1, 1), (shop.Wanted.Latest, shop.Existing.Latest, shop.Ready.Latest));

        DateTimeOffset First(TimeSeries series) => series.Samples.First(s => s.At >= asked && s.Value >= 4).At;
    }

    [Fact]
    public void Workers_count_as_booting_until_their_node_registers_and_masters_do_not_count()
    {
        using var cluster = Shops.Open();
        var scaling = cluster.Recorder.Scaling;
        Assert.Equal((2, 0, 0), (scaling.ReadyNodes.Latest, scaling.UnreadyNodes.Latest, scaling.BootingNodes.Latest));

        cluster.Resize("workers", 4, wait: false);
        Assert.Equal(2, scaling.BootingNodes.Latest);
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal((4, 0, 0), (scaling.ReadyNodes.Latest, scaling.UnreadyNodes.Latest, scaling.BootingNodes.Latest));

        cluster.Resize("workers", 1, wait: false);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(1, scaling.ReadyNodes.Latest);
    }

    [Fact]
    public void A_chart_of_autoscaling_shows_what_the_autoscaler_wanted_and_where_a_window_held_it()
    {
        using var cluster = Shops.Open();
        cluster.Kubectl("autoscale deployment shop --min=2 --max=8 --cpu-percent=60");
        var load = cluster.Load("shop", since => since < TimeSpan.FromMinutes(4) ? 150 : 20);
        cluster.RunFor(TimeSpan.FromMinutes(12));
        var figure = cluster.Charts.Autoscaling(load);

        var names = figure.Traces.Select(t => t.Name).ToList();
        Assert.Contains("wanted", names);
        Assert.Contains("held by a window", names);
        Assert.Equal(cluster.Recorder.Scaling.Find("default", "shop")!.Wanted.Samples.Max(s => s.Value), figure.Traces.Single(t => t.Name == "wanted").Y.Max());
        Assert.NotNull(JsonNode.Parse(figure.ToJson())!["layout"]!["yaxis6"]);
        Assert.StartsWith("Autoscaling of shop under the load on shop", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_lies_on_the_panel_that_it_is_about()
    {
        using var cluster = Shops.Open();
        var load = cluster.Load("shop", 20);
        cluster.RunFor(60);
        cluster.Charts.Overlay(Prediction.Of("my guess", 5, "replicas"));
        var figure = cluster.Charts.Autoscaling(load, "shop");
        Assert.Equal("y3", figure.Traces.Single(t => t.Name == "prediction: my guess").YAxis);
    }

    [Fact]
    public void An_unknown_workload_is_refused_with_those_that_there_are()
    {
        using var cluster = Shops.Open();
        var load = cluster.Load("shop", 20);
        var error = Assert.Throws<ArgumentException>(() => cluster.Charts.Autoscaling(load, "shpo"));
        Assert.StartsWith("nothing is recorded of \"shpo\" in namespace default; there are: shop", error.Message, StringComparison.Ordinal);
    }
}
