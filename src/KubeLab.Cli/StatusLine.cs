using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;
using KubeLab.Http.Time;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Tells how a served cluster is: once a second in place on a terminal, as a line now and then in a log.</summary>
internal sealed class StatusLine : IDisposable
{
    private const int UsualWidth = 120;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(1);
    private readonly Lock printing = new();
    private readonly SimulatedCluster cluster;
    private readonly ClusterServer server;
    private readonly ClockPilot pilot;
    private readonly bool isTerminal = !Console.IsOutputRedirected;
    private readonly ITimer timer;
    private int asked;
    private int width;
    private long requestsBefore;
    private long askedBefore = TimeProvider.System.GetTimestamp();

    private StatusLine(SimulatedCluster cluster, ClusterServer server, ClockPilot pilot)
    {
        (this.cluster, this.server, this.pilot) = (cluster, server, pilot);
        timer = TimeProvider.System.CreateTimer(_ => Ask(), null, TimeSpan.Zero, isTerminal ? Often : Seldom);
    }

    public static StatusLine Start(SimulatedCluster cluster, ClusterServer server, ClockPilot pilot) => new(cluster, server, pilot);

    public void Dispose()
    {
        timer.Dispose();
        lock (printing)
        {
            if (width > 0)
            {
                Console.WriteLine();
                width = 0;
            }
        }
    }

    /// <summary>The cluster is read on its own thread; one question at a time, however long it takes.</summary>
    private void Ask()
    {
        if (Interlocked.Exchange(ref asked, 1) == 0)
        {
            cluster.Clock.Post(() =>
            {
                Print(Text());
                Volatile.Write(ref asked, 0);
            });
        }
    }

    private string Text()
    {
        var time = cluster.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var cost = $"cost {cluster.Cost} ({cluster.Cloud.RatePerHour}/h)";
        if (!cluster.IsUp)
        {
            return $"{time}  {pilot.Text}  the API server is down  {cost}";
        }

        var nodes = cluster.Api.List<Node>();
        var ready = nodes.Count(n => n.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }));
        var pods = cluster.Api.List<Pod>();
        var running = pods.Count(p => p.Status.Phase == "Running");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time}  {pilot.Text}  nodes {ready}/{nodes.Count} ready  pods {running}/{pods.Count} running  {RequestsPerSecond():0.#} requests/s  {cost}");
    }

    private double RequestsPerSecond()
    {
        var (now, requests) = (TimeProvider.System.GetTimestamp(), server.RequestsServed);
        var seconds = TimeProvider.System.GetElapsedTime(askedBefore, now).TotalSeconds;
        var rate = seconds > 0.1 ? (requests - requestsBefore) / seconds : 0;
        (askedBefore, requestsBefore) = (now, requests);
        return rate;
    }

    private void Print(string text)
    {
        lock (printing)
        {
            if (!isTerminal)
            {
                Console.WriteLine(text);
                return;
            }

            // A line that wraps could not be written over.
            var room = Console.WindowWidth > 1 ? Console.WindowWidth - 1 : UsualWidth;
            text = text.Length > room ? text[..room] : text;
            Console.Write("\r" + text.PadRight(Math.Min(width, room)));
            width = text.Length;
        }
    }
}
