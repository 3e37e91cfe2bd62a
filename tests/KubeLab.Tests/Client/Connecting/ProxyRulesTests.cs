using System.Net;
using KubeLab.Client.Connecting;

namespace KubeLab.Tests.Client.Connecting;

public sealed class ProxyRulesTests
{
    // Rows after the documentation of golang.org/x/net/http/httpproxy.
    [Theory]
    [InlineData("", "https://a.example", "http://secure:1/")]
    [InlineData("", "http://a.example", "http://plain:2/")]
    [InlineData("", "https://localhost:6443", null)]
    [InlineData("", "https://127.0.0.1:6443", null)]
    [InlineData("", "https://[::1]:6443", null)]
    [InlineData("*", "https://a.example", null)]
    [InlineData("example", "https://a.example", null)]
    [InlineData("a.example", "https://a.example", null)]
    [InlineData("a.example", "https://b.a.example", null)]
    [InlineData("a.example", "https://aa.example", "http://secure:1/")]
    [InlineData(".a.example", "https://a.example", "http://secure:1/")]
    [InlineData(".a.example", "https://b.a.example", null)]
    [InlineData("*.a.example", "https://b.a.example", null)]
    [InlineData("a.example:6443", "https://a.example:6443", null)]
    [InlineData("a.example:6443", "https://a.example", "http://secure:1/")]
    [InlineData("10.0.0.0/8", "https://10.1.2.3:6443", null)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3:6443", "http://secure:1/")]
    [InlineData("10.0.0.0/8", "https://a.example", "http://secure:1/")]
    [InlineData("10.1.2.3", "https://10.1.2.3:6443", null)]
    [InlineData("10.1.2.3:6443", "https://10.1.2.3:6443", null)]
    [InlineData("10.1.2.3:1", "https://10.1.2.3:6443", "http://secure:1/")]
    [InlineData("b.example, A.EXAMPLE ,", "https://a.example", null)]
    public void The_variables_decide_by_Gos_rules(string noProxy, string server, string? proxy) =>
        Assert.Equal(proxy, Of("{}", ("HTTPS_PROXY", "secure:1"), ("http_proxy", "http://plain:2"), ("NO_PROXY", noProxy)).GetProxy(new Uri(server))?.ToString());

    [Fact]
    public void The_kubeconfigs_own_proxy_counts_before_the_variables_also_for_this_machine()
    {
        var rules = Of("""{"proxy-url":"socks5://own:1080"}""", ("HTTPS_PROXY", "http://other:1"), ("NO_PROXY", "*"));
        Assert.Equal("socks5://own:1080/", rules.GetProxy(new Uri("https://127.0.0.1:6443"))?.ToString());
    }

    [Fact]
    public void Name_and_password_of_a_proxy_are_taken_from_its_address()
    {
        IWebProxy rules = Of("""{"proxy-url":"http://me:p%40ss@own:3128"}""");
        var given = rules.Credentials!.GetCredential(new Uri("http://own:3128"), "Basic");
        Assert.Equal(("me", "p@ss"), (given!.UserName, given.Password));
    }

    private static ProxyRules Of(string cluster, params (string Name, string Value)[] variables) => ProxyRules.Of(
        new KubeconfigEntry("config", "clusters[c].cluster", System.Text.Json.Nodes.JsonNode.Parse(cluster)!.AsObject()),
        new KubeEnvironment(name => variables.FirstOrDefault(v => v.Name == name).Value, "/nowhere", "/nowhere"));
}
