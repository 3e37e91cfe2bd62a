using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.KubectlText.Wire;
using KubeLab.Observing;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>A real cluster, reached as kubectl reaches it: through a kubeconfig.</summary>
/// <remarks>
/// Its clock goes in step with the wall, and only while a cell runs; what happened between two cells is told to charts with the instants at which it
/// came. What is used comes from metrics.k8s.io where that is served, and money from the labels of nodes and the price book.
/// </remarks>
public sealed partial class ConnectedCluster : Cluster
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    private readonly HttpMessageHandler transport;
    private readonly HttpKubernetesApi http;
    private readonly Uri server;
    private readonly string ns;
    private readonly NodeMeter meter;
    private readonly bool isSimulated;

    private ConnectedCluster(Kubeconfig config, HttpMessageHandler transport)
        : base(new VirtualClock(TimeProvider.System.GetUtcNow()))
    {
        this.transport = transport;
        Context = config.Context;
        server = config.Server;
        ns = config.Namespace;
        http = new HttpKubernetesApi(transport, server, Clock) { IsWallTimed = true, WatchTimeout = TimeSpan.FromMinutes(5) };
        Version = Greet();
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

    /// <summary>Opens the cluster of <paramref name="context"/>, or of the current context when null.</summary>
    /// <exception cref="KubeconfigException">There is no usable kubeconfig; the message names the file and the field.</exception>
    /// <exception cref="ApiException">The server cannot be reached, or does not let this user in; the message names the context.</exception>
    public static ConnectedCluster Open(string? context = null) => Open(Kubeconfig.Load(context: context));

    /// <summary>Opens the cluster that a kubeconfig leads to.</summary>
    /// <exception cref="ApiException">The server cannot be reached, or does not let this user in; the message names the context.</exception>
    public static ConnectedCluster Open(Kubeconfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var transport = config.CreateHandler();
        try
        {
            return new ConnectedCluster(config, transport);
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
        CatchUp();
        var (start, end) = (Clock.Now, Clock.Now + span);
        var progress = new WallProgress(Context, start, Console.Out);
        var whole = WallProgress.Text(span);
        Clock.Follow(1, () => End(progress, end, $"of {whole}"), CancellationToken.None);
    }

    /// <inheritdoc/>
    private protected override IKubectlHost KubectlHost() => new HttpHost(
        new HttpMessageInvoker(transport, disposeHandler: false),
        server,
        Context,
        () => TimeProvider.System.GetUtcNow(),
        Wait,
        ns,
        new InstalledKubectl(Context == "in-cluster" ? null : Context).Run);

    /// <inheritdoc/>
    internal override string ExplanationSource =>
        "(Computed by the lab's own scheduler, with upstream's default plugins, over what the API says now; this cluster's scheduler may be configured otherwise.)";

    /// <inheritdoc/>
    private protected override bool Wait(Func<bool> condition, TimeSpan limit, string what)
    {
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
            CatchUp();
            var until = Clock.Now + (left < Look ? left : Look);
            Clock.Follow(1, () => Clock.Now >= until, CancellationToken.None);
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

    /// <summary>The first questions: is anybody there, and is this user known? Whoever hides the version still lets others in.</summary>
    private string Greet()
    {
        // The version is told to strangers too, so it is not what proves that one is known.
        var known = Ask("/api");
        return known.Code switch
        {
            401 => throw Refused("You must be logged in to the server (the server has asked for the client to provide credentials)", null, 401, "Unauthorized"),
            >= 500 => throw Refused($"the server answers {known.Code}", null, known.Code, "ServiceUnavailable"),
            _ => Ask("/version") is { Code: 200 } version ? new Json(GoJson.TryParse(version.Text))["gitVersion"].Text : "",
        };
    }

    private RawResponse Ask(string path)
    {
        try
        {
            return http.Send(new RawRequest("GET", path));
        }
        catch (ApiException unreachable)
        {
            throw Refused(unreachable.Message, unreachable);
        }
    }

    private ApiException Refused(string message, ApiException? cause, int code = 503, string reason = "ServiceUnavailable") => new(new Api.Meta.Status
    {
        State = "Failure",
        Code = cause?.Code ?? code,
        Reason = cause?.Reason ?? reason,
        Message = $"context {Context}, {ServerAddress.Text(server)}: {message}",
    });

    private bool End(WallProgress progress, DateTimeOffset end, string words)
    {
        progress.Tell(Clock.Now, words);
        return Clock.Now >= end;
    }

    /// <summary>The wall went on between two cells; what came due meanwhile runs now.</summary>
    private void CatchUp()
    {
        var behind = TimeProvider.System.GetUtcNow() - Clock.Now;
        if (behind > TimeSpan.Zero)
        {
            Clock.RunFor(behind);
        }
    }
}
