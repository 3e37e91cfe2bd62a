using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Proxy;

/// <summary>
/// The kube-proxy of a node: keeps the rules by which the node's kernel sends what is meant for a service to one of its pods. The rules are the kernel's: when the proxy is
/// stopped, or hears nothing from the API server, they go on as they are. Only a machine that loses power loses them.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/">kube-proxy</seealso>
public sealed class KubeProxy
{
    private static readonly ListOptions One = new() { Limit = 1 };

    private readonly SharedRules shared;
    private readonly string? zone;
    private RuleBook? kept = RuleBook.Empty;
    private Scheduled? retry;
    private TimeSpan pause = Informer<Service>.RetryFirst;
    private bool isCut;

    /// <summary>A proxy that has not started yet.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="zone">The node's zone, or null.</param>
    /// <param name="shared">What proxies see while they are healthy.</param>
    public KubeProxy(string node, string? zone, SharedRules shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        Node = node;
        this.zone = zone;
        this.shared = shared;
    }

    /// <summary>Its node.</summary>
    public string Node { get; }

    /// <summary>Whether it runs; its rules hold without it.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The rules that the node's kernel has.</summary>
    public RuleBook Rules => kept ?? shared.Book;

    /// <summary>It starts, and follows the API server as soon as that answers.</summary>
    public void Start()
    {
        if (!IsRunning)
        {
            IsRunning = true;
            pause = Informer<Service>.RetryFirst;
            Follow();
        }
    }

    /// <summary>It stops; the rules stay as they are.</summary>
    public void Stop()
    {
        IsRunning = false;
        Keep();
    }

    /// <summary>What the node does with a new connection to a service, by the rules it has.</summary>
    /// <param name="rule">The port, from <see cref="Rules"/>.</param>
    /// <param name="fromOutside">Whether the connection comes in from outside of the cluster.</param>
    public Route RouteOf(ServicePortRule rule, bool fromOutside) => Route.Of(rule, Node, zone, fromOutside);

    /// <summary>The machine is dead, and with it its rules.</summary>
    internal void LosePower()
    {
        IsRunning = false;
        Keep();
        kept = RuleBook.Empty;
    }

    /// <summary>The way to the API server is cut: the rules stay as they are.</summary>
    internal void Cut()
    {
        isCut = true;
        Keep();
    }

    /// <summary>The way to the API server is open again.</summary>
    internal void Restore()
    {
        isCut = false;
        pause = Informer<Service>.RetryFirst;
        Follow();
    }

    private void Keep()
    {
        retry?.Cancel();
        retry = null;
        kept ??= shared.Book;
        shared.Tell();
    }

    // It begins with a list, as every client does, and needs an answer to it.
    private void Follow()
    {
        retry?.Cancel();
        retry = null;
        if (!IsRunning || isCut)
        {
            return;
        }

        try
        {
            shared.Api.List(Service.Resource, "default", One);
            kept = null;
            shared.Tell();
        }
        catch (ApiException)
        {
            retry = shared.Clock.After(pause, Follow);
            pause = pause * 2 > Informer<Service>.RetryMax ? Informer<Service>.RetryMax : pause * 2;
        }
    }
}
