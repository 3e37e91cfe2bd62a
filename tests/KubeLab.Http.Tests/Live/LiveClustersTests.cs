using System.Net;
using KubeLab.Simulated;

namespace KubeLab.Http.Tests.Live;

public sealed class LiveClustersTests
{
    [Fact]
    public async Task A_variable_that_holds_a_cluster_gets_a_door_which_speaks_the_Kubernetes_API_in_the_clusters_own_time()
    {
        using var notebook = new Notebook();
        notebook.CellEnds(("answer", 42), ("cluster", notebook.Cluster));
        var nodes = await notebook.GetAsync("/api/v1/nodes");

        Assert.Equal(["cluster"], notebook.Announced);
        Assert.Equal(["master-1", "workers-1", "workers-2"], nodes.GetProperty("items").EnumerateArray().Select(n => n.GetProperty("metadata").GetProperty("name").GetString()));
        Assert.StartsWith("2026-", nodes.GetProperty("items")[0].GetProperty("metadata").GetProperty("creationTimestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_variables_with_one_cluster_share_a_door_and_a_variable_that_lets_go_closes_it()
    {
        using var notebook = new Notebook();
        notebook.CellEnds(("cluster", notebook.Cluster), ("same", notebook.Cluster));
        Assert.Single(notebook.Announced);
        notebook.CellBegins();
        notebook.CellEnds(("cluster", null));
        Assert.Equal(["cluster"], notebook.Withdrawn);
    }

    [Fact]
    public async Task Without_its_token_nobody_comes_in()
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        using var stranger = new HttpClient { BaseAddress = notebook.Client.BaseAddress };
        foreach (var path in (string[])["/api/v1/nodes", "/lab/bill", "/lab/clock", "/version"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        }
    }

    [Fact]
    public async Task Time_stands_still_between_cells_until_it_is_told_to_pass()
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        var before = (await notebook.GetAsync("/lab/clock")).GetProperty("now").GetDateTimeOffset();
        await notebook.GetAsync("/api/v1/pods");
        var clock = await notebook.GetAsync("/lab/clock");
        Assert.Equal(before, clock.GetProperty("now").GetDateTimeOffset());
        Assert.True(clock.GetProperty("paused").GetBoolean());

        await notebook.ForwardAsync(600);
        Assert.Equal(before + TimeSpan.FromMinutes(10), (await notebook.GetAsync("/lab/clock")).GetProperty("now").GetDateTimeOffset());
        Assert.Equal(200, (await notebook.PostAsync("/lab/clock", new { @do = "step" })).Code);
        Assert.True((await notebook.GetAsync("/lab/clock")).GetProperty("now").GetDateTimeOffset() > before + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task While_a_cell_runs_the_cluster_is_its_own_and_the_page_sees_what_happens_whenever_time_passes()
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        notebook.CellBegins();
        Assert.Equal(400, (await notebook.PostAsync("/lab/clock", new { @do = "play" })).Code);

        var asked = notebook.GetAsync("/api/v1/namespaces");
        while (!asked.IsCompleted)
        {
            notebook.Cluster.RunFor(TimeSpan.FromSeconds(1));
        }

        Assert.NotEmpty((await asked).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_lesson_that_is_looked_at_goes_as_one_that_is_not()
    {
        using var notebook = new Notebook();
        using var alone = Lab.Simulate(new SimulationOptions { Seed = 7 });
        alone.AddMasters(1);
        alone.AddNodePool("workers", "e2-standard-4", 2);
        alone.RunFor(TimeSpan.FromMinutes(10));

        notebook.CellEnds();
        await notebook.GetAsync("/api/v1/pods");
        await notebook.GetAsync("/lab/masters");
        notebook.CellBegins();
        notebook.Cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(alone.Kubectl("get pods -A -o yaml").ToString(), notebook.Cluster.Kubectl("get pods -A -o yaml").ToString());
    }
}
