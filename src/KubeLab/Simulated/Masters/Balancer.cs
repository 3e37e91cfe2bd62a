using KubeLab.Api.Verbs;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated.Masters;

/// <summary>The load balancer before the API servers: clients stay with one as long as it lives, and go to the next when it does not.</summary>
/// <remarks>
/// Clients on machines are spread in turn. Those outside always get the first that can answer, so that who only looks on leaves no trace. A server whose store does not answer
/// is taken out after three checks, as long as another one's does.
/// </remarks>
/// <seealso href="https://github.com/kubernetes/kubeadm/blob/main/docs/ha-considerations.md#options-for-software-load-balancing">Load balancing in kubeadm's documentation</seealso>
internal sealed class Balancer
{
    private const int FailuresMax = 3;
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(2);

    private readonly VirtualClock clock;
    private readonly Reachability network;
    private readonly List<Backend> backends = [];
    private readonly List<BalancedApi> clients = [];
    private Repeating? checks;
    private int turn;

    public Balancer(VirtualClock clock, Reachability network)
    {
        this.clock = clock;
        this.network = network;
        network.Changed += Recheck;
    }

    /// <summary>Where clients find it.</summary>
    public string Address { get; } = new ApiServer.ApiServerOptions { Kinds = [] }.Address;

    public VirtualClock Clock => clock;

    /// <summary>Whether anybody answers.</summary>
    public bool IsUp => backends.Exists(b => b.Server.IsUp);

    /// <summary>The server that those outside get; null when there is none that answers.</summary>
    public Server? ForOutside => Find(from: null, start: 0)?.Server;

    /// <summary>That server's machine.</summary>
    public string? MachineForOutside => Find(from: null, start: 0)?.Machine;

    public void Add(string machine, Server server)
    {
        backends.Add(new Backend(machine, server));
        if (backends.Count == 2)
        {
            checks = clock.Every(CheckPeriod, Check);
        }
    }

    public void Remove(string machine)
    {
        backends.RemoveAll(b => b.Machine == machine);
        if (backends.Count < 2)
        {
            checks?.Cancel();
            checks = null;
        }
    }

    /// <summary>The verbs as a component of the cluster.</summary>
    /// <param name="user">The user.</param>
    /// <param name="from">The machine it calls from; null for outside.</param>
    public BalancedApi ConnectAs(string user, string? from = null)
    {
        var client = new BalancedApi(this, user, from);
        clients.Add(client);
        return client;
    }

    internal void Forget(BalancedApi client) => clients.Remove(client);

    /// <summary>Whether a client may stay with <paramref name="backend"/>.</summary>
    internal bool IsGood(Backend backend, string? from) => backend.Server.IsUp && !backend.IsOut && network.Reaches(from, backend.Machine);

    /// <summary>A server for a client that has none; null when none answers it.</summary>
    internal Backend? Choose(string? from)
    {
        if (from is null)
        {
            return Find(null, start: 0);
        }

        var chosen = Find(from, turn);
        if (chosen is not null)
        {
            turn = backends.IndexOf(chosen) + 1;
        }

        return chosen;
    }

    /// <summary>Why a client has no server: nobody listens, or nothing gets through to those who do.</summary>
    internal ApiException Refusal(string? from, string verb, string path) => backends.Exists(b => network.Reaches(from, b.Machine))
        ? Server.ConnectionRefused(Address, verb, path)
        : new ApiException(new() { State = "Failure", Code = 504, Reason = "Timeout", Message = $"{verb} \"https://{Address}{path}\": dial tcp {Address}: i/o timeout" });

    private Backend? Find(string? from, int start)
    {
        Backend? second = null;
        for (var i = 0; i < backends.Count; i++)
        {
            var backend = backends[(start + i) % backends.Count];
            if (IsGood(backend, from))
            {
                return backend;
            }

            if (second is null && backend.Server.IsUp && network.Reaches(from, backend.Machine))
            {
                // Better one that says why it cannot than nobody.
                second = backend;
            }
        }

        return second;
    }

    private void Check()
    {
        var isAnyWell = false;
        foreach (var backend in backends)
        {
            backend.Failures = backend.Server.IsUp && backend.Server.StoreAnswers() ? 0 : backend.Failures + 1;
            isAnyWell |= backend.Failures == 0;
        }

        var changed = false;
        foreach (var backend in backends)
        {
            var isOut = isAnyWell && backend.Failures >= FailuresMax;
            changed |= isOut && !backend.IsOut;
            backend.IsOut = isOut;
        }

        if (changed)
        {
            Recheck();
        }
    }

    /// <summary>Ends the connections of clients to servers that are out, or that they do not reach any more.</summary>
    private void Recheck()
    {
        foreach (var client in clients.ToList())
        {
            client.Recheck();
        }
    }
}

/// <summary>One server behind the balancer.</summary>
internal sealed class Backend(string machine, Server server)
{
    public string Machine => machine;

    public Server Server => server;

    /// <summary>How many checks in a row it has failed.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it is given no clients.</summary>
    public bool IsOut { get; set; }
}
