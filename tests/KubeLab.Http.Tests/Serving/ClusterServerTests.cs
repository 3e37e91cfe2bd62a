using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Http.Serving;

namespace KubeLab.Http.Tests.Serving;

public sealed class ClusterServerTests
{
    private const string ConfigMaps = "api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Its_kubeconfig_opens_it_and_its_certificate_names_it()
    {
        await using var served = await ServedCluster.StartAsync();
        var path = Path.Combine(Path.GetTempPath(), $"kubelab-{served.Server.Address.Port}.kubeconfig");
        try
        {
            served.Server.WriteKubeconfig(path);
            using var client = new HttpClient(Kubeconfig.Load(path).CreateHandler()) { BaseAddress = served.Server.Address };
            var nodes = await client.GetFromJsonAsync<JsonObject>("api/v1/nodes");
            Assert.Equal(3, nodes!["items"]!.AsArray().Count);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            served.Server.RemoveKubeconfigs();
            Assert.False(File.Exists(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"metadata\":{\"name\":\"a\"},\"größe\":1}", "unknown field \\\"größe\\\"")]
    [InlineData("{\"metadata\":{\"name\":\"a\"},\"\uFEFFapiVersion\":1}", "unknown field \\\"\\\\ufeffapiVersion\\\"")]
    [InlineData("{\"metadata\":{\"name\":\"a\"},\"\\u0001\":1}", "unknown field \\\"\\\\x01\\\"")]
    public async Task A_warning_repeats_what_was_sent_in_any_script(string body, string warning)
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var handler = served.Trusting();
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8;
        using var client = new HttpClient(handler) { BaseAddress = served.Server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", served.Server.Token);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(ConfigMaps, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal([$"299 - \"{warning}\""], answer.Headers.NonValidated["Warning"]);
    }

    [Theory]
    [InlineData("", "api/v1/pods", 403)]
    [InlineData("", "apis", 403)]
    [InlineData("wrong", "api/v1/pods", 401)]
    [InlineData("wrong", "apis", 401)]
    [InlineData("", "healthz", 200)]
    [InlineData("", "readyz", 200)]
    [InlineData("", "livez/ping", 403)]
    [InlineData("", "version", 200)]
    [InlineData(null, "api/v1/pods", 200)]
    public async Task Nobody_in_particular_sees_health_and_version_only(string? token, string path, int code)
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client(token);
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(code, (int)answer.StatusCode);
        if (code == 401)
        {
            var status = await answer.Content.ReadFromJsonAsync<JsonObject>();
            Assert.Equal(("Status", "Unauthorized", 401), ((string)status!["kind"]!, (string)status["reason"]!, (int)status["code"]!));
        }
    }

    [Fact]
    public async Task A_stranger_is_not_let_in_by_a_certificate_of_his_own()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        await using var other = await ServedCluster.StartAsync(workers: 0);
        using var handler = served.Trusting();
        var authority = new KubeLab.Http.Identity.CertificateAuthority(TimeProvider.System.GetUtcNow());
        var (certificate, key) = authority.ForClient("kubernetes-admin", "system:masters");
        handler.SslOptions.ClientCertificates = [System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(certificate, key)];
        using var client = new HttpClient(handler) { BaseAddress = served.Server.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("api", UriKind.Relative))).StatusCode);

        using var honest = new HttpClient(new SocketsHttpHandler()) { BaseAddress = served.Server.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => honest.GetAsync(new Uri("healthz", UriKind.Relative)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_large_a_body_is_refused_with_413(bool isAnnounced)
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client();
        using HttpContent body = isAnnounced ? new ByteArrayContent(new byte[3_200_000]) : new Endless(3_200_000);
        body.Headers.ContentType = new("application/json");
        var answer = await client.PostAsync(new Uri(ConfigMaps, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("RequestEntityTooLarge", (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["reason"]!);
    }

    [Fact]
    public async Task A_watch_answers_before_its_first_event_and_tells_each_at_once()
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        var list = await client.GetFromJsonAsync<JsonObject>(ConfigMaps);
        var version = (string)list!["metadata"]!["resourceVersion"]!;
        using var answer = await client.GetAsync(
            new Uri($"{ConfigMaps}?watch=true&resourceVersion={version}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, served.Server.WatchesOpen);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
        {
            await served.On(c => c.Api.Create(new ConfigMap { Metadata = new() { Name = $"c{i}", Namespace = "default" } }));
            var change = JsonNode.Parse((await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!)!;
            Assert.Equal(("ADDED", $"c{i}"), ((string)change["type"]!, (string)change["object"]!["metadata"]!["name"]!));
        }
    }

    [Fact]
    public async Task A_watch_lasts_as_long_as_the_client_says_by_the_clients_own_clock()
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        var text = await client.GetStringAsync(new Uri("api/v1/nodes?watch=1&timeoutSeconds=1", UriKind.Relative));
        Assert.Equal(3, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await Eventually(() => served.Server.WatchesOpen == 0);
    }

    [Fact]
    public async Task A_slow_watcher_is_cut_off_with_410()
    {
        await using var served = await ServedCluster.StartAsync(options: new ClusterServerOptions { WatchQueueMax = 10 }, workers: 0);
        using var client = served.Client();
        using var answer = await client.GetAsync(new Uri($"{ConfigMaps}?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await served.On(c =>
        {
            // All in one event of the clock, so that no reader can be fast enough.
            var text = new string('x', 100_000);
            for (var i = 0; i < 100; i++)
            {
                c.Api.Create(new ConfigMap { Metadata = new() { Name = $"big-{i}", Namespace = "default" }, Data = KubeLab.Api.StringMap.Of(("k", text)) });
            }
        });
        var all = await answer.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var last = JsonNode.Parse(all.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        Assert.Equal(("ERROR", 410, "Expired"), ((string)last["type"]!, (int)last["object"]!["code"]!, (string)last["object"]!["reason"]!));
        await Eventually(() => served.Server.WatchesOpen == 0);
    }

    [Fact]
    public async Task Many_clients_at_once_are_all_served_and_none_twice()
    {
        await using var served = await ServedCluster.StartAsync(speed: 60);
        using var client = served.Client();
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, cancellation) =>
        {
            using var body = new StringContent($$"""{ "metadata": { "name": "m{{i}}" }, "data": { "i": "{{i}}" } }""", Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.Created, (await client.PostAsync(new Uri(ConfigMaps, UriKind.Relative), body, cancellation)).StatusCode);
            var read = await client.GetFromJsonAsync<JsonObject>($"{ConfigMaps}/m{i}", cancellation);
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), (string)read!["data"]!["i"]!);
        });
        Assert.Equal(200, await served.On(c => c.Api.List<ConfigMap>("default").Count(m => m.Metadata.Name != "kube-root-ca.crt")));
    }

    [Fact]
    public async Task A_thousand_open_watches_leave_the_clock_its_pace()
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        var before = await TimeOfAnHour(served);
        var watches = new List<HttpResponseMessage>();
        for (var i = 0; i < 1000; i++)
        {
            watches.Add(await client.GetAsync(new Uri("api/v1/pods?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.Equal(1000, served.Server.WatchesOpen);
        var after = await TimeOfAnHour(served);

        // An hour holds a thousand heartbeats, none of which concerns these watches; the bound leaves room for a busy machine.
        Assert.True(after < (before * 5) + TimeSpan.FromSeconds(1), $"an hour took {before} alone and {after} with a thousand watches");
        watches.ForEach(w => w.Dispose());
        await Eventually(() => served.Server.WatchesOpen == 0);
    }

    [Fact]
    public async Task Stopping_ends_watches_cleanly_and_soon()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client();
        using var answer = await client.GetAsync(new Uri("api/v1/persistentvolumes?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var reading = answer.Content.ReadAsStringAsync();
        var time = Stopwatch.StartNew();
        await served.Server.StopAsync(CancellationToken.None);
        Assert.Equal("", await reading.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(4), $"it took {time.Elapsed}");
    }

    [Fact]
    public async Task Nothing_answers_while_the_masters_machine_is_down()
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        await served.On(c => c.Kill("master-1"));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("api", UriKind.Relative)));
        await served.On(c =>
        {
            c.Restore("master-1");
            c.RunFor(TimeSpan.FromMinutes(5));
        });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("api", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task When_nobody_runs_the_clock_a_request_is_refused_in_time()
    {
        await using var served = await ServedCluster.StartAsync(options: new ClusterServerOptions { AnswerTimeout = TimeSpan.FromSeconds(1) }, workers: 0);
        using var client = served.Client();
        using var release = new ManualResetEventSlim();
        var busy = served.On(_ => release.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await client.GetAsync(new Uri("api", UriKind.Relative))).StatusCode);
        release.Set();
        await busy;
    }

    [Fact]
    public async Task Objects_look_as_old_to_a_client_as_they_are_in_the_cluster()
    {
        await using var served = await ServedCluster.StartAsync();
        using var client = served.Client();
        var wall = TimeProvider.System.GetUtcNow();
        var node = await client.GetFromJsonAsync<JsonObject>("api/v1/nodes/workers-1");
        var age = await served.On(c => c.Now - c.Api.Get<Node>("", "workers-1").Metadata.CreationTimestamp!.Value.Instant);
        var seen = wall - DateTimeOffset.Parse((string)node!["metadata"]!["creationTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((seen - age).TotalSeconds, -2, 2);

        // An hour passes in no time: what happens in it is not in the client's future, and what was sent can be sent back.
        await served.On(c => c.RunFor(TimeSpan.FromHours(1)));
        await served.On(c => c.Api.Create(new ConfigMap { Metadata = new() { Name = "young", Namespace = "default" } }));
        var young = await client.GetFromJsonAsync<JsonObject>($"{ConfigMaps}/young");
        var born = DateTimeOffset.Parse((string)young!["metadata"]!["creationTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(born, wall.AddSeconds(-1), TimeProvider.System.GetUtcNow());
        using var body = new StringContent(node.ToJsonString(), Encoding.UTF8, "application/json");
        var version = await client.GetFromJsonAsync<JsonObject>("api/v1/nodes/workers-1");
        node["metadata"]!["resourceVersion"] = (string)version!["metadata"]!["resourceVersion"]!;
        Assert.Equal((string)version["metadata"]!["creationTimestamp"]!, (string)node["metadata"]!["creationTimestamp"]!);
    }

    private static Task<TimeSpan> TimeOfAnHour(ServedCluster served) => served.On(c =>
    {
        var time = Stopwatch.StartNew();
        c.RunFor(TimeSpan.FromHours(1));
        return time.Elapsed;
    });

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(condition());
    }

    private sealed class Endless(int length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) => await stream.WriteAsync(new byte[length]);

        protected override bool TryComputeLength(out long announced)
        {
            announced = 0;
            return false;
        }
    }
}
