using KubeLab.Connected;
using KubeLab.Simulated;

namespace KubeLab.Http.Live;

/// <summary>The clusters of one notebook, each behind a door of its own that a page can come through.</summary>
/// <remarks>
/// The kernel tells it before a cell runs (<see cref="Hold"/>) and after (<see cref="Release"/>), with all variables of the notebook; those that hold a cluster get a door.
/// Two variables with the same cluster share one.
/// </remarks>
/// <param name="announce">A door was opened: the variable's name, the address and the token.</param>
/// <param name="withdraw">The door of that name was closed.</param>
/// <param name="kubeconfig">The kubeconfig that simulated clusters are put in while they have a door, as context <c>kubelab-NOTEBOOK-VARIABLE</c>; null for none.</param>
public sealed class LiveClusters(Action<string, Uri, string> announce, Action<string> withdraw, string? kubeconfig = null) : IDisposable
{
    private readonly LiveKubeconfig? contexts = kubeconfig is null ? null : new LiveKubeconfig(Path.GetFullPath(kubeconfig));
    private readonly OrderedDictionary<string, ILiveDoor> doors = new(StringComparer.Ordinal);

    /// <summary>Says what tells this notebook's contexts in the kubeconfig from those of others; without it they are called <c>kubelab-VARIABLE</c>.</summary>
    public void Name(string notebook)
    {
        if (contexts is not null)
        {
            contexts.Notebook = notebook;
        }
    }

    /// <summary>Takes out of the kubeconfig what a notebook's process has left there; for whoever sees it end, since one that is killed cannot do it itself.</summary>
    /// <exception cref="IOException">The kubeconfig cannot be written.</exception>
    public static void Forget(string kubeconfig, int process) => LiveKubeconfig.Forget(kubeconfig, ended => ended == process);

    /// <summary>Takes out of the kubeconfig what processes have left there that do not run any more; other notebooks' clusters stay.</summary>
    /// <exception cref="IOException">The kubeconfig cannot be read or written.</exception>
    public static void ForgetEnded(string kubeconfig) => LiveKubeconfig.Forget(kubeconfig, static process => !IsRunning(process));

    /// <summary>A cell is about to run: returns when nobody else touches a cluster any more.</summary>
    public void Hold()
    {
        foreach (var door in doors.Values)
        {
            door.Hold();
        }
    }

    /// <summary>A cell has ended: doors are opened for new clusters and closed for those that no variable holds any more, and the others are served again.</summary>
    /// <param name="variables">The variables of the notebook, later ones of the same name last.</param>
    /// <exception cref="IOException">The kubeconfig cannot be written; the doors are open all the same.</exception>
    public void Release(IEnumerable<(string Name, object? Value)> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var wanted = new OrderedDictionary<string, Cluster>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            wanted.Remove(name);
            if (value is Cluster cluster && !wanted.ContainsValue(cluster))
            {
                wanted.Add(name, cluster);
            }
        }

        var gone = new List<string>();
        var opened = new List<(string Name, LiveDoor Door)>();
        foreach (var (name, door) in doors.Where(d => wanted.GetValueOrDefault(d.Key) != d.Value.Cluster).ToList())
        {
            doors.Remove(name);
            withdraw(name);
            door.Dispose();
            gone.Add(name);
        }

        foreach (var (name, cluster) in wanted.Where(w => !doors.ContainsKey(w.Key)))
        {
            if (Open(cluster) is { } door)
            {
                doors.Add(name, door);
                announce(name, door.Address, door.Token);
                if (door is LiveDoor live)
                {
                    opened.Add((name, live));
                }
            }
        }

        foreach (var door in doors.Values)
        {
            door.Release();
        }

        gone.ForEach(name => contexts?.Remove(name));
        opened.ForEach(open => contexts?.Add(open.Name, open.Door));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (name, door) in doors)
        {
            door.Dispose();
            contexts?.Remove(name);
        }

        doors.Clear();
    }

    private static ILiveDoor? Open(Cluster cluster) => cluster switch
    {
        SimulatedCluster simulated => LiveDoor.Open(simulated),
        ConnectedCluster connected => ForwardingDoor.Open(connected),

        // A moment of the past stands still: there is nothing to see that its variable does not tell.
        _ => null,
    };

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
