using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.Simulation;

namespace KubeLab.Http.Tests.Connected;

/// <summary>Servers that are busy, slow, behind a path, or no Kubernetes at all, over plain HTTP.</summary>
public sealed class BusyServerTests : IDisposable
{
    private const string Nodes = """{"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"n"}}]}""";
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Busy_is_waited_for_as_long_as_the_server_asks()
    {
        var asked = 0;
        using var server = new ScriptedServer(_ => Interlocked.Increment(ref asked) == 1
            ? ScriptedServer.Json("429 Too Many Requests", "{}", "Retry-After: 1\r\n")
            : ScriptedServer.Json("200 OK", Nodes));
        using var api = Api(server.Address);
        Assert.Equal("n", Assert.Single(api.List<Node>()).Metadata.Name);
        Assert.Equal(2, asked);
    }

    [Fact]
    public void A_path_of_the_server_stands_before_every_request()
    {
        var seen = new List<string>();
        using var server = new ScriptedServer(request =>
        {
            lock (seen)
            {
                seen.Add(request.Split('\r')[0]);
            }

            return ScriptedServer.Json("200 OK", Nodes);
        });
        using var api = Api($"{server.Address}/k8s/clusters/c-1");
        api.List<Node>();
        Assert.Equal(["GET /k8s/clusters/c-1/api/v1/nodes HTTP/1.1"], seen);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "<html>maintenance</html>", "the server is currently unable to handle the request")]
    [InlineData("200 OK", "<html>sign in</html>", "the server's answer cannot be read")]
    [InlineData("200 OK", """{"kind":"NodeList","items":[{"metadata":7}]}""", "the server's answer cannot be read")]
    [InlineData("302 Found", "", "the server responded with the status code 302 but did not return more information")]
    public void What_is_no_answer_of_Kubernetes_is_said_in_words(string status, string body, string words)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Json(status, body, status[0] == '3' ? "Location: http://127.0.0.1:1/\r\n" : ""));
        using var api = Api(server.Address);
        Assert.StartsWith(words, Assert.Throws<ApiException>(() => api.List<Node>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_never_answers_is_given_up()
    {
        using var server = new ScriptedServer(_ => null);
        using var http = new HttpMessageInvoker(new DeadlineHandler { Limit = TimeSpan.FromMilliseconds(300), InnerHandler = new SocketsHttpHandler() });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        var error = Assert.Throws<HttpRequestException>(() => http.Send(request, CancellationToken.None));
        Assert.Equal(
            "net/http: request canceled (Client.Timeout exceeded while awaiting headers): no answer within 0.3 s", ConnectionProblem.Of(error, new Uri(server.Address)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_falls_silent_in_the_middle_is_given_up(bool isAsync)
    {
        using var server = new ScriptedServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", stalls: true);
        using var http = new HttpMessageInvoker(new DeadlineHandler { Limit = TimeSpan.FromMilliseconds(300), InnerHandler = new SocketsHttpHandler() });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        var sent = isAsync ? http.SendAsync(request, CancellationToken.None) : Task.Run(() => http.Send(request, CancellationToken.None));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sent.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("no answer within 0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_stops_in_the_middle_is_given_up()
    {
        using var server = new ScriptedServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        using var api = Api(server.Address);
        Assert.Equal(503, Assert.Throws<ApiException>(() => api.List<Node>()).Code);
    }

    private HttpKubernetesApi Api(string server)
    {
        var path = Path.Combine(folder, "config");
        File.WriteAllText(path, "{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], users: [{name: u, user: {token: t}}], "
            + $"clusters: [{{name: c, cluster: {{server: '{server}'}}}}]}}");
        var config = Kubeconfig.Load(path);
        return new HttpKubernetesApi(config.CreateHandler(), config.Server, clock);
    }
}
