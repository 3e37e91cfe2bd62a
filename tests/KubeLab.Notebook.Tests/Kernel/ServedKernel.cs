using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Tests.Server;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>A lab with one kernel and one client, for all tests of a class: what one declares the next sees, as in a notebook.</summary>
public sealed class ServedKernel : IAsyncLifetime
{
    internal ServedLab Lab { get; } = new();

    internal KernelClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Lab.InitializeAsync();
        Client = await KernelClient.StartAsync(Lab);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await Lab.DisposeAsync();
    }

    internal Task<CellRun> RunAsync(string code, JsonObject? options = null, params string[] input) => Client.RunAsync(code, options, input);

    internal Task<JsonElement> AskAsync(string type, JsonObject content) => Client.AskAsync(type, content);

    internal async Task InterruptAsync() => Assert.Equal(System.Net.HttpStatusCode.NoContent, (await Lab.AskAsync("POST", $"/api/kernels/{Client.Kernel}/interrupt")).Status);
}
