using KubeLab.Api.Verbs;
using KubeLab.Client.LeaderElection;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Simulated.Masters;

/// <summary>A process of which one runs on each master and one at a time works: it waits for its lease in kube-system, and exits when it loses it.</summary>
/// <param name="component">What it is called, and its lease.</param>
/// <param name="host">Its machine.</param>
/// <param name="source">As what it records events.</param>
/// <param name="api">Its own master's API server.</param>
/// <param name="clock">The clock.</param>
/// <param name="chance">Names it and spreads its tries.</param>
/// <param name="options">How patient it is.</param>
internal sealed class ElectedProcess(
    string component, string host, string source, IKubernetesApi api, VirtualClock clock, Randomness chance, LeaderElectionOptions options)
{
    private readonly EventRecorder events = new(api, clock, chance.For("events"), source);
    private LeaderElector? elector;

    /// <summary>Begins the work.</summary>
    public required Action Work { get; init; }

    /// <summary>Ends it at once.</summary>
    public required Action Rest { get; init; }

    /// <summary>The process exits by itself.</summary>
    public required Action Exit { get; init; }

    /// <summary>Whether the process runs.</summary>
    public bool IsRunning => elector is not null;

    /// <summary>Whether it is the one that works.</summary>
    public bool IsLeading => elector?.IsLeading == true;

    /// <summary>A new process begins, with a name of its own.</summary>
    public void Start()
    {
        if (elector is not null)
        {
            return;
        }

        var claim = new LeaseLock(api, "kube-system", component, $"{host}_{chance.NextUid()}", events);
        elector = new LeaderElector(claim, clock, chance, options) { StartedLeading = Work, LostLeading = Lose };
        elector.Start();
    }

    /// <summary>The process ends.</summary>
    /// <param name="isKilled">Whether it dies without a word.</param>
    public void Stop(bool isKilled)
    {
        if (elector is not { } ending)
        {
            return;
        }

        elector = null;
        if (ending.IsLeading)
        {
            Rest();
        }

        ending.Stop(isKilled);
    }

    private void Lose()
    {
        elector = null;
        Rest();
        Exit();
    }
}
