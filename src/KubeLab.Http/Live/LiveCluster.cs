using KubeLab.Http.Time;
using KubeLab.Simulated;

namespace KubeLab.Http.Live;

/// <summary>A simulated cluster that somebody looks at while a notebook works with it: between two cells a thread of its own answers, and lets time pass when it is told to.</summary>
/// <remarks>
/// A cluster is one thread's. While a cell runs, the cluster is the cell's (<see cref="Hold"/>): requests are then answered whenever the cell lets time pass. Afterwards (<see cref="Release"/>)
/// it is this one's, and time stands still unless <see cref="Pilot"/> says otherwise.
/// </remarks>
internal sealed class LiveCluster : IDisposable
{
    private readonly Lock changing = new();
    private Thread? thread;
    private CancellationTokenSource? until;

    public LiveCluster(SimulatedCluster cluster)
    {
        Cluster = cluster;
        Pilot = new ClockPilot(cluster, 0);
    }

    public SimulatedCluster Cluster { get; }

    /// <summary>Who says how fast time passes between two cells.</summary>
    public ClockPilot Pilot { get; }

    /// <summary>Whether a cell has the cluster.</summary>
    public bool IsHeld => thread is null;

    /// <summary>A cell is about to run: returns when nobody else touches the cluster any more.</summary>
    public void Hold()
    {
        lock (changing)
        {
            if (thread is { } running)
            {
                until!.Cancel();
                running.Join();
                until.Dispose();
                (thread, until) = (null, null);
            }
        }
    }

    /// <summary>No cell runs any more.</summary>
    public void Release()
    {
        lock (changing)
        {
            if (thread is null)
            {
                until = new CancellationTokenSource();
                var token = until.Token;
                thread = new Thread(() => Pilot.Run(token)) { IsBackground = true, Name = "cluster's clock" };
                thread.Start();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Hold();
}
