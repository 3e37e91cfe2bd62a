using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KubeLab.Http.Live;
using KubeLab.Simulated;

namespace KubeLab.Http.Tests.Live;

/// <summary>A notebook with a small cluster, seen through the door that its kernel opens.</summary>
internal sealed class Notebook : IDisposable
{
    private readonly LiveClusters clusters;
    private HttpClient? client;

    public Notebook(string? kubeconfig = null, string label = "")
    {
        clusters = new LiveClusters(
            (name, address, token) =>
            {
                Announced.Add(name);
                client?.Dispose();
                client = new HttpClient { BaseAddress = address };
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            },
            Withdrawn.Add,
            kubeconfig);
        clusters.Name(label);
        Cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        Cluster.AddMasters(1);
        Cluster.AddNodePool("workers", "e2-standard-4", 2);
    }

    public SimulatedCluster Cluster { get; }

    public List<string> Announced { get; } = [];

    public List<string> Withdrawn { get; } = [];

    public HttpClient Client => client ?? throw new InvalidOperationException("no door was opened");

    /// <summary>A cell ends that left these variables.</summary>
    public void CellEnds(params (string Name, object? Value)[] variables) => clusters.Release(variables.Length == 0 ? [("cluster", Cluster)] : variables);

    public void CellBegins() => clusters.Hold();

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Posts an order and gives back status and body.</summary>
    public async Task<(int Code, JsonElement Body)> PostAsync(string path, object order)
    {
        using var response = await Client.PostAsJsonAsync(path, order);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Lets time pass on the page, and waits until it has.</summary>
    public async Task ForwardAsync(int seconds)
    {
        Assert.Equal(200, (await PostAsync("/lab/clock", new { @do = "forward", seconds })).Code);
        while ((await GetAsync("/lab/clock")).GetProperty("ahead").GetBoolean())
        {
            await Task.Yield();
        }
    }

    /// <summary>What a request is refused with.</summary>
    public async Task<(int Code, string? Message)> RefusalAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString());
    }

    public void Dispose()
    {
        clusters.Dispose();
        client?.Dispose();
        Cluster.Dispose();
    }
}
