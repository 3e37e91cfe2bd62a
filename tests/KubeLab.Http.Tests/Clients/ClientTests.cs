using KubeLab.Http.Serving;

namespace KubeLab.Http.Tests.Clients;

/// <summary>The official client libraries, unmodified, against a served cluster.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/client-libraries/">Client libraries</seealso>
public sealed class ClientTests(ClientTests.Served served) : IClassFixture<ClientTests.Served>
{
    // Debian's package belongs to Debian's interpreter; another python3 on the PATH does not see it.
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> HasPython = new(() => ClientProgram.Works(Python, "-c", "import kubernetes"));
    private static readonly string NodeFolder = Path.Combine(ClientProgram.Folder, "node");
    private static readonly Lazy<bool> HasNode = new(() =>
        Directory.Exists(Path.Combine(NodeFolder, "node_modules", "@kubernetes")) && ClientProgram.Works("node", "--version"));

    [SkippableTheory]
    [InlineData("objects")]
    [InlineData("rollout")]
    [InlineData("patches")]
    [InlineData("apply")]
    [InlineData("deletes")]
    [InlineData("watches")]
    [InlineData("expiry")]
    [InlineData("discovery")]
    [InlineData("errors")]
    public async Task The_Python_client_works(string scenario)
    {
        Skip.IfNot(HasPython.Value, $"no client library for {Python}: apt-get install python3-kubernetes");
        await new ClientProgram(Python, Path.Combine(ClientProgram.Folder, "python", "scenarios.py")).RunAsync(scenario, served.Cluster);
    }

    [SkippableTheory]
    [InlineData("objects")]
    [InlineData("rollout")]
    [InlineData("patches")]
    [InlineData("apply")]
    [InlineData("deletes")]
    [InlineData("informer")]
    [InlineData("expiry")]
    [InlineData("discovery")]
    [InlineData("errors")]
    public async Task The_Node_client_works(string scenario)
    {
        Skip.IfNot(HasNode.Value, "no client library for Node: npm ci in tests/KubeLab.Http.Tests/Clients/node");
        await new ClientProgram("node", Path.Combine(NodeFolder, "scenarios.js")).RunAsync(scenario, served.Cluster);
    }

    /// <summary>One cluster for all scenarios of this class; few events may wait for a slow watcher, so that one can be cut off.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal ServedCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await ServedCluster.StartAsync(options: new ClusterServerOptions { WatchQueueMax = 20 });

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
