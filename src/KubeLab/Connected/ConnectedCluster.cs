using System.Globalization;
using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.KubectlText.Wire;
using KubeLab.Observing;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>A real cluster, reached as kubectl reaches it: through a kubeconfig.</summary>
/// <remarks>Its clock goes in step with the wall. What is used is not recorded, and the bill comes from its provider.</remarks>
public sealed class ConnectedCluster : Cluster
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(10);

    private readonly HttpKubernetesApi http;
    private readonly HttpMessageInvoker raw;
    private readonly Uri server;

    private ConnectedCluster(Kubeconfig config)
        : base(new VirtualClock(TimeProvider.System.GetUtcNow()))
    {
        Context = config.Context;
        server = config.Server;
        raw = new HttpMessageInvoker(config.CreateHandler());
        http = new HttpKubernetesApi(config.CreateHandler(), config.Server, Clock);
        Recorder = new ClusterRecorder(http, Clock, static _ => null, "USD", money: null);
        Charts = new ClusterCharts(http, Clock, Recorder);
        Recorder.Start();
    }

    /// <summary>The context of the kubeconfig.</summary>
    public string Context { get; }

    /// <inheritdoc/>
    public override IKubernetesApi Api => http;

    /// <inheritdoc/>
    public override ClusterCharts Charts { get; }

    /// <inheritdoc/>
    internal override ClusterRecorder Recorder { get; }

    /// <summary>Opens the cluster of <paramref name="context"/>, or of the current context when null.</summary>
    /// <exception cref="KubeconfigException">There is no usable kubeconfig; the message names the file and the field.</exception>
    public static ConnectedCluster Open(string? context = null) => new(Kubeconfig.Load(context: context));

    /// <inheritdoc/>
    public override void RunFor(TimeSpan span)
    {
        CatchUp();
        var end = Clock.Now + span;
        Clock.Follow(1, () => Clock.Now >= end, CancellationToken.None);
    }

    /// <inheritdoc/>
    private protected override IKubectlHost KubectlHost() => new HttpHost(raw, server, Context, () => TimeProvider.System.GetUtcNow(), Wait);

    /// <inheritdoc/>
    private protected override bool Wait(Func<bool> condition, TimeSpan limit, string what)
    {
        CatchUp();
        var (start, reported) = (Clock.Now, Clock.Now);
        while (!condition())
        {
            if (Clock.Now - start >= limit)
            {
                return false;
            }

            if (Clock.Now - reported >= ReportPeriod)
            {
                reported = Clock.Now;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clock.Now - start:mm\\:ss} waiting for {what}"));
            }

            RunFor(Look);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            http.Dispose();
            raw.Dispose();
        }

        base.Dispose(disposing);
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
