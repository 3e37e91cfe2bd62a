using System.Globalization;
using System.Text.Json;

namespace KubeLab.Http.Tests.Live;

public sealed class LiveRoutesTests
{
    [Fact]
    public async Task The_bill_names_what_each_machine_costs_and_adds_up()
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        var bill = await notebook.GetAsync("/lab/bill");
        var lines = bill.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("cost").GetDecimal());
        var nodes = bill.GetProperty("nodes").EnumerateObject().Sum(n => n.Value.GetDecimal());

        Assert.Equal(bill.GetProperty("total").GetDecimal(), lines);
        Assert.Equal(bill.GetProperty("perHour").GetDecimal(), nodes);
        Assert.True(nodes > 0);
    }

    [Fact]
    public async Task The_masters_say_who_leads_and_in_which_term()
    {
        using var notebook = new Notebook();
        notebook.Cluster.AddMasters(2);
        notebook.CellEnds();
        var masters = (await notebook.GetAsync("/lab/masters")).EnumerateArray().ToList();

        Assert.Equal(3, masters.Count);
        var leader = Assert.Single(masters, m => m.GetProperty("leader").GetBoolean());
        Assert.True(leader.GetProperty("term").GetInt64() > 0);
        Assert.Contains(leader.GetProperty("components").EnumerateArray(), c => c.GetProperty("name").GetString() == "etcd" && c.GetProperty("state").GetString() == "leads");
    }

    [Fact]
    public async Task A_page_can_kill_and_restore_a_machine_and_is_told_what_it_misspelt()
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        Assert.Equal(200, (await notebook.PostAsync("/lab/act", new { @do = "kill", target = "workers-1" })).Code);
        await notebook.ForwardAsync(60);
        Assert.Equal("Unknown", await ReadyOf(notebook, "workers-1"));
        Assert.Equal(200, (await notebook.PostAsync("/lab/act", new { @do = "restore", target = "workers-1" })).Code);
        await notebook.ForwardAsync(120);
        Assert.Equal("True", await ReadyOf(notebook, "workers-1"));

        foreach (var (order, expected) in ((object, string)[])[
            (new { @do = "explode" }, "\"explode\" is none of kill, restore"),
            (new { @do = "kill", target = "workers-9" }, "no machine \"workers-9\""),
            (new { @do = "kill" }, "target: name the machine"),
            (new { }, "a field \"do\"")])
        {
            var (code, body) = await notebook.PostAsync("/lab/act", order);
            Assert.Equal(400, code);
            Assert.Contains(expected, body.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("speed", null)]
    [InlineData("speed", -1.0)]
    [InlineData("speed", 1e9)]
    [InlineData("forward", -5.0)]
    public async Task A_clock_refuses_what_it_cannot_do(string what, double? number)
    {
        using var notebook = new Notebook();
        notebook.CellEnds();
        var (code, body) = await notebook.PostAsync("/lab/clock", new { @do = what, speed = number, seconds = number });
        Assert.Equal(400, code);
        Assert.StartsWith(what == "speed" ? "speed" : "seconds", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_pod_waits_is_told_in_words()
    {
        using var notebook = new Notebook();
        notebook.Cluster.Apply(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: big
            spec:
              containers:
              - name: big
                image: nginx:1.27
                resources:
                  requests:
                    cpu: 64
            """);
        notebook.Cluster.RunFor(TimeSpan.FromSeconds(5));
        notebook.CellEnds();
        Assert.Contains("Insufficient cpu", (await notebook.GetAsync("/lab/why?namespace=default&pod=big")).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal((400, "there is no pod \"none\" in namespace default"), await notebook.RefusalAsync("/lab/why?namespace=default&pod=none"));
        Assert.Equal((400, "pod: say it once in the query"), await notebook.RefusalAsync("/lab/why?namespace=default"));
    }

    [Fact]
    public async Task The_past_shows_pods_that_are_gone_and_lets_nothing_be_watched()
    {
        using var notebook = new Notebook();
        notebook.Cluster.Kubectl("run early --image=nginx:1.27");
        notebook.Cluster.RunFor(TimeSpan.FromMinutes(2));
        var then = notebook.Cluster.Now;
        notebook.Cluster.Kubectl("delete pod early");
        notebook.Cluster.RunFor(TimeSpan.FromMinutes(2));
        notebook.CellEnds();
        var past = $"/lab/past/{then.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";

        Assert.Empty(Names(await notebook.GetAsync("/api/v1/namespaces/default/pods")));
        Assert.Equal(["early"], Names(await notebook.GetAsync($"{past}/api/v1/namespaces/default/pods")));
        Assert.Equal(405, (await notebook.RefusalAsync($"{past}/api/v1/pods?watch=1")).Code);
        Assert.Contains("this cluster's time runs from", (await notebook.RefusalAsync("/lab/past/2099-01-01T00:00:00Z/api/v1/pods")).Message, StringComparison.Ordinal);
        Assert.Contains("\"yesterday\" is no instant", (await notebook.RefusalAsync("/lab/past/yesterday/api/v1/pods")).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Names(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("metadata").GetProperty("name").GetString());

    private static async Task<string?> ReadyOf(Notebook notebook, string node)
    {
        var conditions = (await notebook.GetAsync($"/api/v1/nodes/{node}")).GetProperty("status").GetProperty("conditions");
        return conditions.EnumerateArray().Single(c => c.GetProperty("type").GetString() == "Ready").GetProperty("status").GetString();
    }
}
