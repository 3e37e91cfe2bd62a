using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Tests.Nodes;

namespace KubeLab.Tests.ApiServer.Http;

public sealed class ProxyAndHealthTests
{
    private const string Default = "/api/v1/namespaces/default";
    private readonly NodeLab lab = new();
    private readonly HttpFront front;

    public ProxyAndHealthTests()
    {
        lab.AddNode("node-1");
        front = new HttpFront(lab.Server, lab.Clock);
    }

    [Theory]
    [InlineData("/livez", "", "ok")]
    [InlineData("/healthz", "", "ok")]
    [InlineData("/readyz", "verbose", "[+]ping ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]informer-sync ok\n[+]shutdown ok\nreadyz check passed\n")]
    [InlineData("/livez", "verbose=true", "[+]ping ok\n[+]etcd ok\nlivez check passed\n")]
    [InlineData("/livez", "verbose&exclude=etcd", "[+]ping ok\n[+]etcd excluded: ok\nlivez check passed\n")]
    [InlineData("/livez", "verbose&exclude=x", "[+]ping ok\n[+]etcd ok\nwarn: some health checks cannot be excluded: no matches for \"x\"\nlivez check passed\n")]
    [InlineData("/livez/etcd", "", "ok")]
    public void Health_is_told_as_upstream_tells_it(string path, string query, string text)
    {
        var (code, body) = Get(path, query);
        Assert.Equal((200, text), (code, body));
    }

    [Fact]
    public void A_check_that_fails_is_named_and_unknown_checks_are_not_there()
    {
        front.IsStopping = true;
        var (code, body) = Get("/readyz");
        Assert.Equal((500, "[+]ping ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]informer-sync ok\n[-]shutdown failed: reason withheld\nreadyz check failed\n"), (code, body));
        Assert.Equal(200, Get("/livez").Code);
        Assert.Equal((500, "internal server error: shutdown failed\n"), Get("/readyz/shutdown"));
        Assert.Equal(404, Get("/readyz/nothing").Code);
    }

    [Fact]
    public void A_pod_and_a_service_are_reached_through_the_server()
    {
        lab.Api.Create(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { Selector = StringMap.Of(("app", "web")), Ports = [new() { Name = "http", Port = 8080, TargetPort = 80 }] },
        });
        Assert.Equal((503, "no endpoints available for service \"web\""), Refused($"{Default}/services/web:http/proxy/"));
        for (var i = 1; i <= 3; i++)
        {
            var pod = lab.Run($"web-{i}", new Container { Name = "c", Image = "kubelab/server" });
            lab.Api.Update(lab.Pod(pod.Metadata.Name!) with { Metadata = lab.Pod(pod.Metadata.Name!).Metadata with { Labels = StringMap.Of(("app", "web")) } });
        }

        lab.RunFor(60);
        Assert.Equal((200, "web-2 says hello\n"), Get($"{Default}/pods/web-2:8080/proxy/any/path"));

        // The service's port leads to 80, where this program does not listen: what the service says is what counts.
        Assert.Equal(503, Get($"{Default}/services/http:web:8080/proxy/").Code);
        lab.Api.Update(lab.Api.Get<Service>("default", "web") with { Spec = lab.Api.Get<Service>("default", "web").Spec with { Ports = [new() { Name = "http", Port = 8080, TargetPort = 8080 }] } });
        var answers = Enumerable.Range(0, 30).Select(_ => Get($"{Default}/services/web:http/proxy/").Body).Distinct().Order().ToList();
        Assert.Equal(["web-1 says hello\n", "web-2 says hello\n", "web-3 says hello\n"], answers);
    }

    [Theory]
    [InlineData("/pods/none/proxy/", 404, "pods \"none\" not found")]
    [InlineData("/pods/web:81/proxy/", 503, "error trying to reach service: dial tcp {ip}:81: connect: connection refused")]
    [InlineData("/pods/a:b:c:d/proxy/", 400, "invalid pod request \"a:b:c:d\"")]
    [InlineData("/services/none/proxy/", 404, "services \"none\" not found")]
    public void What_cannot_be_reached_is_refused_in_upstreams_words(string path, int code, string message)
    {
        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(30);
        Assert.Equal((code, message.Replace("{ip}", lab.Pod("web").Status.PodIP, StringComparison.Ordinal)), Refused(Default + path));
    }

    [Fact]
    public void A_kubelet_tells_its_health_and_its_pods()
    {
        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(30);
        Assert.Equal((200, "ok"), Get("/api/v1/nodes/node-1/proxy/healthz"));
        var pods = JsonNode.Parse(Get("/api/v1/nodes/node-1/proxy/pods").Body)!;
        Assert.Equal("web", (string?)pods["items"]![0]!["metadata"]!["name"]);
        Assert.Equal(404, Get("/api/v1/nodes/node-1/proxy/stats/summary").Code);
    }

    [Fact]
    public void Connecting_without_another_protocol_is_refused()
    {
        lab.Run("web", NodeLab.Nginx());
        lab.RunFor(30);
        foreach (var name in (string[])["exec", "attach", "portforward"])
        {
            Assert.Equal((400, "Upgrade request required"), Refused($"{Default}/pods/web/{name}"));
            Assert.Equal((404, "pods \"none\" not found"), Refused($"{Default}/pods/none/{name}"));
        }
    }

    private (int Code, string Body) Get(string path, string query = "")
    {
        var answer = front.Handle(new ApiRequest { Method = "GET", Path = path, Query = query });
        return (answer.Code, Encoding.UTF8.GetString(answer.Body.Span));
    }

    private (int Code, string? Message) Refused(string path)
    {
        var (code, body) = Get(path);
        return (code, (string?)JsonNode.Parse(body)!["message"]);
    }
}
