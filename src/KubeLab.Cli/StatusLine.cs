using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Tells once a second how a served cluster is: in place on a terminal, as a line now and then in a log.</summary>
internal sealed class StatusLine : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);
    private readonly Lock printing = new();
    private readonly SimulatedCluster cluster;
    private readonly string speed;
    private readonly bool isTerminal = !Console.IsOutputRedirected;
    private readonly ITimer timer;
    private int asked;
    private int width;

    private StatusLine(SimulatedCluster cluster, double speed)
    {
        this.cluster = cluster;
        this.speed = speed switch
        {
            0 => "paused",
            double.PositiveInfinity => "as fast as possible",
            _ => string.Create(CultureInfo.InvariantCulture, $"{speed:0.##}x"),
        };
        timer = TimeProvider.System.CreateTimer(_ => Ask(), null, TimeSpan.Zero, isTerminal ? Often : Seldom);
    }

    public static StatusLine Start(SimulatedCluster cluster, double speed) => new(cluster, speed);

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
        if (!cluster.IsUp)
        {
            return $"{time}  {speed}  the API server is down  cost {cluster.Cost}";
        }

        var nodes = cluster.Api.List<Node>();
        var ready = nodes.Count(n => n.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }));
        var pods = cluster.Api.List<Pod>();
        var running = pods.Count(p => p.Status.Phase == "Running");
        return $"{time}  {speed}  nodes {ready}/{nodes.Count} ready  pods {running}/{pods.Count} running  cost {cluster.Cost}";
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

            Console.Write("\r" + text.PadRight(width));
            width = text.Length;
        }
    }
}
