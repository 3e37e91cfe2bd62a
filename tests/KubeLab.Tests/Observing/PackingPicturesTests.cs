using KubeLab.Charts.Plotly;

namespace KubeLab.Tests.Observing;

public sealed class PackingPicturesTests
{
    [Fact]
    public void A_map_over_time_shows_a_node_from_when_it_is_there()
    {
        using var cluster = Shops.Open();
        cluster.Resize("workers", 3);
        cluster.RunFor(TimeSpan.FromMinutes(5));
        var figure = cluster.Charts.PackingOverTime();
        Assert.Contains("workers-3", figure.Alt, StringComparison.Ordinal);
        var used = Assert.IsType<ScatterTrace>(figure.Traces.Single(t => t.Name.StartsWith("used", StringComparison.Ordinal)));
        Assert.Contains(used.Y, double.IsNaN);
        Assert.Equal("\"gpu\" is not recorded: it must be cpu or memory (Parameter 'resource')", Assert.Throws<ArgumentException>(() => cluster.Charts.PackingOverTime("gpu")).Message);
    }

    [Fact]
    public void A_treemap_has_every_pod_as_large_as_its_request()
    {
        using var cluster = Shops.Open();
        cluster.Load("shop", 60);
        cluster.RunFor(60);
        var figure = cluster.Charts.Treemap();
        var shop = figure.Traces.Single(t => t.Name == "shop requested");
        Assert.Equal(2, shop.Text!.Where(t => t.Length > 0).Distinct().Count());
        Assert.All(shop.Text!.Where(t => t.Length > 0), t => Assert.Contains("0.5 cores requested, 0.3 cores used", t, StringComparison.Ordinal));
        Assert.NotEmpty(cluster.Charts.Treemap("memory").Traces);
    }
}
