using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Server;

namespace KubeLab.Notebook.Tests.Server;

/// <summary>The lab's server over a folder of its own, with the kernels of <c>lab up</c>; one for all tests of a class.</summary>
public sealed class ServedLab : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kubelab-served-");

    public string Folder => folder.FullName;

    public NotebookServer Server { get; private set; } = null!;

    /// <summary>Shows the token.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the program of kernels gets besides.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>Told of each kernel's process that has ended.</summary>
    public Action<int>? KernelEnded { get; init; }

    public string Token => Server.Token;

    public async Task InitializeAsync()
    {
        Server = await NotebookServer.StartAsync(
            new NotebookServerOptions
            {
                Folder = Folder,
                KernelCommand = ["dotnet", Path.Combine(AppContext.BaseDirectory, "lab.dll"), "kernel", .. KernelArguments],
                HasSpareKernel = false,
                BodyBytesMax = 8 << 20,
                KernelEnded = process => KernelEnded?.Invoke(process),
            },
            CancellationToken.None);
        Http = Client();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", Token);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A client that shows nothing and follows nothing.</summary>
    public HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Server.Address, Timeout = TimeSpan.FromSeconds(90) };

    /// <summary>Asks with the token; status and JSON of the answer.</summary>
    internal async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(string method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length > 0 && answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null);
    }

    internal string PathOf(string name) => Path.Combine(Folder, name);
}
