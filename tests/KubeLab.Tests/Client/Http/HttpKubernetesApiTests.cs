using System.Text.Json.Nodes;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Client.Http;
using KubeLab.Client.Informing;
using KubeLab.Tests.ApiServer;

namespace KubeLab.Tests.Client.Http;

public sealed class HttpKubernetesApiTests : IDisposable
{
    private readonly FrontRig rig = new();
    private readonly HttpKubernetesApi api;

    public HttpKubernetesApiTests() => api = new HttpKubernetesApi(new InMemoryHandler(rig.Front), new Uri("https://127.0.0.1:6443"), rig.Clock);

    public void Dispose() => api.Dispose();

    [Fact]
    public void Verbs_do_over_HTTP_what_they_do_directly()
    {
        var map = api.Create(Map("m"));
        Assert.NotNull(map.Metadata.Uid);
        Assert.Equal(map, api.Get<ConfigMap>("default", "m"));
        var patch = new PatchBody(PatchType.Merge, JsonNode.Parse("""{"data":{"a":"1"}}""")!);
        Assert.Equal("1", api.Patch<ConfigMap>("default", "m", patch).Data["a"]);
        var changed = api.Get<ConfigMap>("default", "m");
        Assert.Equal("2", api.Update(changed with { Data = changed.Data.With("a", "2") }).Data["a"]);
        Assert.Single(api.List<ConfigMap>("default"));
        Assert.Null(api.Delete<ConfigMap>("default", "m"));
        Assert.Null(api.Find<ConfigMap>("default", "m"));
    }

    [Fact]
    public void A_refusal_comes_with_its_status()
    {
        var error = Assert.Throws<ApiException>(() => api.Get<Pod>("default", "nosuch"));
        Assert.True(error.IsNotFound);
        Assert.Equal("pods \"nosuch\" not found", error.Message);
        var invalid = Assert.Throws<ApiException>(() => api.Create(new Pod { Metadata = new() { Name = "p", Namespace = "default" } }));
        Assert.Equal("spec.containers", invalid.Status.Details!.Causes[0].Field);
    }

    [Fact]
    public void A_warning_reaches_the_writer()
    {
        var warnings = new List<string>();
        var odd = System.Text.Json.JsonSerializer.Deserialize("""{"metadata":{"name":"m","namespace":"default"},"dataa":{}}""", KubeLab.Api.ApiJson.Default.ConfigMap)!;
        api.Create(odd, new WriteOptions { OnWarning = warnings.Add });
        Assert.Equal(["unknown field \"dataa\""], warnings);
    }

    [Fact]
    public void An_informer_over_HTTP_follows_what_happens()
    {
        api.Create(Map("a"));
        var informer = new Informer<ConfigMap>(api, rig.Clock, ConfigMap.Resource, "default");
        informer.Start();
        Assert.Equal(1, informer.Count);
        api.Create(Map("b"));
        api.Delete<ConfigMap>("default", "a");
        rig.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["b"], informer.Objects.Select(m => m.Metadata.Name));
    }

    [Fact]
    public void A_server_that_is_down_refuses_the_connection_and_informers_come_back()
    {
        var informer = new Informer<ConfigMap>(api, rig.Clock, ConfigMap.Resource, "default");
        informer.Start();
        rig.Server.Stop();
        rig.Clock.RunFor(TimeSpan.FromSeconds(5));
        var error = Assert.Throws<ApiException>(() => api.List<ConfigMap>("default"));
        Assert.EndsWith("dial tcp 127.0.0.1:6443: connect: connection refused", error.Message, StringComparison.Ordinal);
        rig.Server.Start();
        api.Create(Map("late"));
        rig.Clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(1, informer.Count);
    }

    [Fact]
    public void Pods_are_bound_evicted_and_scaled_over_HTTP()
    {
        api.Create(new Pod { Metadata = new() { Name = "p", Namespace = "default" }, Spec = new() { Containers = [new() { Name = "c", Image = "x" }] } });
        api.Bind(api.Get<Pod>("default", "p"), "n");
        Assert.Equal("n", api.Get<Pod>("default", "p").Spec.NodeName);
        rig.Created(FrontRig.Deployments, ApiServer.Defaulting.DefaultingTests.Web);
        var scale = (KubeLab.Api.Autoscaling.Scale)api.GetSubresource(Deployment.Resource, new("default", "web"), "scale");
        api.Update(Deployment.Resource, scale with { Spec = new() { Replicas = 4 } }, new WriteOptions { Subresource = "scale" });
        Assert.Equal(4, api.Get<Deployment>("default", "web").Spec.Replicas);
    }

    [Fact]
    public void A_raw_request_returns_what_the_server_says()
    {
        var answer = api.Send(new RawRequest("GET", "/api/v1/nodes?limit=500") { Accept = "application/json;as=Table;v=v1;g=meta.k8s.io" });
        Assert.Equal(200, answer.Code);
        Assert.Equal("Table", (string?)JsonNode.Parse(answer.Text)!["kind"]);
        Assert.Equal(404, api.Send(new RawRequest("GET", "/api/v1/nodes/n")).Code);
    }

    [Fact]
    public async Task Other_clients_read_a_watch_as_a_stream_while_the_clock_runs()
    {
        using var http = new HttpClient(new InMemoryHandler(rig.Front)) { BaseAddress = new Uri("http://lab") };
        using var response = await http.GetAsync(new Uri("/api/v1/namespaces/default/configmaps?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.NotNull(response.RequestMessage);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var line = reader.ReadLineAsync();
        Assert.False(line.IsCompleted);
        api.Create(Map("m"));
        rig.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("ADDED", (string?)JsonNode.Parse((await line)!)!["type"]);
    }

    private static ConfigMap Map(string name) => new() { Metadata = new() { Name = name, Namespace = "default" } };
}
