using System.Diagnostics;
using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.KubectlText.Wire;
using KubeLab.Observing;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>A real cluster, reached as kubectl reaches it: through a kubeconfig.</summary>
/// <remarks>
/// Its clock goes in step with the cluster, and only while a cell runs; what happened between two cells is told to charts with the instants at which it
/// came. A real cluster goes by the wall, and one of <c>lab cluster</c> at the speed it is given: there, too, a cell waits in the cluster's time. What is used comes from metrics.k8s.io where that is served, and money from the labels of nodes and the price book.
/// </remarks>
public sealed partial class ConnectedCluster : Cluster
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan StillMax = TimeSpan.FromSeconds(10);

    private readonly ClusterTime transport;
    private readonly HttpKubernetesApi http;
    private readonly Uri server;
    private readonly string ns;
    private readonly NodeMeter meter;
    private readonly bool isSimulated;
    private readonly Stopwatch still = new();

    private ConnectedCluster(Kubeconfig config, ClusterTime transport, string version)
        : base(new VirtualClock(transport.Now))
    {
        this.transport = transport;
        Context = config.Context;
        Version = version;
        server = config.Server;
        ns = config.Namespace;
        http = new HttpKubernetesApi(transport, server, Clock) { IsWallTimed = transport.IsWall, WatchTimeout = TimeSpan.FromMinutes(5) };
        isSimulated = Version.Contains("+kubelab", StringComparison.Ordinal);
        meter = new NodeMeter(http, Clock, isSimulated);
        var metrics = new NodeMetrics(http, Clock);
        var isMeasured = metrics.IsServed();
        Recorder = new ClusterRecorder(http, Clock, isMeasured ? metrics.UsageOf : null, NodePrices.Currency, meter.Money);
        Charts = new ClusterCharts(http, Clock, Recorder) { Namespace = ns, TimeWord = "time", Note = isMeasured ? null : NodeMetrics.Absent };
        meter.Start();
        Recorder.Start();
    }

    /// <summary>The context of the kubeconfig.</summary>
    public string Context { get; }

    /// <summary>The server's version, for example <c>v1.33.1-gke.1584000</c>; empty when it does not tell.</summary>
    public string Version { get; }

    /// <inheritdoc/>
    public override string Namespace => ns;

    /// <inheritdoc/>
    public override IKubernetesApi Api => http;

    /// <inheritdoc/>
    public override ClusterCharts Charts { get; }

    /// <inheritdoc/>
    internal override ClusterRecorder Recorder { get; }

    /// <summary>The address of its API server.</summary>
    internal Uri Server => server;

    /// <summary>A way to its API server with the user's credentials, for whoever passes requests on.</summary>
    internal HttpMessageInvoker Forward() => new(transport, disposeHandler: false);

    /// <summary>Opens the cluster of <paramref name="context"/>, or of the current context when null.</summary>
    /// <exception cref="KubeconfigException">There is no usable kubeconfig; the message names the file and the field.</exception>
    /// <exception cref="ApiException">The server cannot be reached, or does not let this user in; the message names the context.</exception>
    public static ConnectedCluster Open(string? context = null) => Open(Kubeconfig.Load(context: context));

    /// <summary>Opens the cluster that a kubeconfig leads to.</summary>
    /// <exception cref="ApiException">The server cannot be reached, or does not let this user in; the message names the context.</exception>
    public static ConnectedCluster Open(Kubeconfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var transport = new ClusterTime(config.CreateHandler());
        try
        {
            return new ConnectedCluster(config, transport, Greeting.Exchange(config, transport));
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void RunFor(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        still.Restart();
        CatchUp();
        var (start, end) = (Clock.Now, Clock.Now + span);
        var progress = new WallProgress(Context, start, Console.Out);
        var whole = WallProgress.Text(span);
        while (Clock.Now < end)
        {
            Pause(end - Clock.Now);
            progress.Tell(Clock.Now, $"of {whole}");
        }
    }

    /// <inheritdoc/>
    private protected override IKubectlHost KubectlHost() => new HttpHost(
        new HttpMessageInvoker(transport, disposeHandler: false),
        server,
        Context,
        () => transport.Now,
        Wait,
        ns,
        new InstalledKubectl(Context == "in-cluster" ? null : Context).Run);

    /// <inheritdoc/>
    internal override string ExplanationSource =>
        "(Computed by the lab's own scheduler, with upstream's default plugins, over what the API says now; this cluster's scheduler may be configured otherwise.)";

    /// <inheritdoc/>
    private protected override bool Wait(Func<bool> condition, TimeSpan limit, string what)
    {
        still.Restart();
        CatchUp();
        var start = Clock.Now;
        var progress = new WallProgress(Context, start, Console.Out);
        while (!condition())
        {
            var left = start + limit - Clock.Now;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            progress.Tell(Clock.Now, $"waiting for {what}");
            Pause(left);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            http.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Lets a moment pass, and at most <paramref name="left"/> where the cluster goes by the wall.</summary>
    private void Pause(TimeSpan left)
    {
        if (transport.IsWall)
        {
            var until = Clock.Now + (left < Look ? left : Look);
            Clock.Follow(1, () => Clock.Now >= until, CancellationToken.None);
        }
        else
        {
            FollowLab();
        }

        CatchUp();
    }

    /// <summary>A cluster of the lab is asked what time it is; while it does not answer, time goes as it does on the wall.</summary>
    private void FollowLab()
    {
        var moment = Stopwatch.StartNew();
        Clock.Follow(0, () => moment.Elapsed >= Look / 10, CancellationToken.None);
        var before = transport.Now;
        try
        {
            http.Send(new RawRequest("GET", "/version"));
        }
        catch (ApiException)
        {
            Clock.RunFor(moment.Elapsed);
            still.Restart();
        }

        if (transport.Now > before)
        {
            still.Restart();
        }

        if (still.Elapsed > StillMax)
        {
            still.Restart();
            throw new InvalidOperationException(
                $"time stands still in the cluster of context {Context}, so nothing can be waited for: let it go on with the space bar in its terminal, or start it without --speed paused.");
        }
    }

    /// <summary>The cluster went on, also between two cells; what came due meanwhile runs now.</summary>
    private void CatchUp()
    {
        var behind = transport.Now - Clock.Now;
        if (behind > TimeSpan.Zero)
        {
            Clock.RunFor(behind);
        }
    }
}
