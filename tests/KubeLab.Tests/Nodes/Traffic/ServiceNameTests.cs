using KubeLab.Nodes.Traffic;

namespace KubeLab.Tests.Nodes.Traffic;

public sealed class ServiceNameTests
{
    [Theory]
    [InlineData("shop", "shop.here")]
    [InlineData("shop:8080", "shop.here:8080")]
    [InlineData("shop.prod", "shop.prod")]
    [InlineData("shop.prod.svc", "shop.prod")]
    [InlineData("shop.prod.svc.cluster.local", "shop.prod")]
    [InlineData("shop.prod.svc.cluster.local.:80", "shop.prod:80")]
    [InlineData("10.96.0.7", "10.96.0.7")]
    [InlineData("10.96.0.7:80", "10.96.0.7:80")]
    public void Names_are_read_as_the_clusters_dns_reads_them(string text, string read) => Assert.Equal(read, ServiceName.Parse(text, "here").ToString());

    [Theory]
    [InlineData("", "\"\" is no part of a name")]
    [InlineData("Shop", "\"Shop\" is no part of a name")]
    [InlineData("a..b", "\"\" is no part of a name")]
    [InlineData("shop:0", "\"0\" is no port: it must be between 1 and 65535")]
    [InlineData("shop:http", "\"http\" is no port")]
    [InlineData("shop.prod.svc.example.com", "the cluster's names are")]
    [InlineData("-shop", "\"-shop\" is no part of a name")]
    public void What_is_none_is_refused_with_a_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => ServiceName.Parse(text, "here")).Message, StringComparison.Ordinal);
}
