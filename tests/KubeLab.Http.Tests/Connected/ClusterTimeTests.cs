using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.Connected;

namespace KubeLab.Http.Tests.Connected;

/// <summary>A notebook on a served cluster of the lab waits in that cluster's time, whatever its speed.</summary>
public sealed class ClusterTimeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(100)]
    [InlineData(double.PositiveInfinity)]
    public async Task Cells_wait_in_the_clusters_time(double speed)
    {
        await using var served = await ServedCluster.StartAsync(speed);
        using var cluster = Open(served);
        var wall = Stopwatch.StartNew();
        cluster.Kubectl("run web --image=nginx:1.27");
        cluster.RunUntil(c => c.Pod("web").IsReady);
        var start = cluster.Now;
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.True(cluster.Now - start >= TimeSpan.FromMinutes(5));
        Assert.True(wall.Elapsed < TimeSpan.FromMinutes(4), $"{wall.Elapsed} by the wall");

        var created = cluster.Pod("web").Object!.Metadata.CreationTimestamp!.Value.Instant;
        Assert.InRange(created, start - TimeSpan.FromDays(365), start);
        Assert.True(await served.On(c => c.Pod("web").Object!.Metadata.CreationTimestamp!.Value.Instant == created));
        Assert.Matches(@"web +1/1 +Running +0 +(\d+[mhdy]\S*|[3-9]\d\ds)\n", cluster.Kubectl("get pods").StdOut);
    }

    [Fact]
    public async Task A_cluster_whose_time_stands_still_is_not_waited_for()
    {
        await using var served = await ServedCluster.StartAsync(speed: 0);
        using var cluster = Open(served);
        var error = Assert.Throws<InvalidOperationException>(() => cluster.RunFor(5));
        Assert.StartsWith("time stands still in the cluster of context kubelab", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_are_told_by_the_wall_and_the_labs_own_client_by_the_cluster()
    {
        await using var served = await ServedCluster.StartAsync(speed: 0);
        using var client = served.Client();
        using var other = await client.GetAsync(new Uri("api/v1/namespaces/default", UriKind.Relative));
        Assert.Null(LabTime.Of(other));
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/namespaces/default");
        request.Headers.Add(LabTime.Header, LabTime.Own);
        using var own = await client.SendAsync(request);
        Assert.Equal(await served.On(c => c.Now), LabTime.Of(own));

        var (byWall, byCluster) = (await CreatedAsync(other), await CreatedAsync(own));
        Assert.Equal(await served.On(c => c.Api.Get(KubeLab.Api.Core.Namespace.Resource, new("", "default")).Metadata.CreationTimestamp!.Value.Instant), byCluster);
        Assert.InRange(TimeProvider.System.GetUtcNow() - byWall, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(70));
    }

    private static async Task<DateTimeOffset> CreatedAsync(HttpResponseMessage answer) => DateTimeOffset.Parse(
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["metadata"]!["creationTimestamp"]!, CultureInfo.InvariantCulture);

    private ConnectedCluster Open(ServedCluster served)
    {
        var path = Path.Combine(folder, "kubeconfig");
        served.Server.WriteKubeconfig(path);
        return ConnectedCluster.Open(Kubeconfig.Load(path));
    }
}
