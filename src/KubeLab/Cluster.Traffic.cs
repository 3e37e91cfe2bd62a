namespace KubeLab;

/// <content>Requests to services.</content>
public abstract partial class Cluster
{
    /// <summary>What <c>from</c> says when clients are outside of the cluster.</summary>
    public const string Outside = "outside";

    /// <summary>The loads so far, in the order in which they began; a branch has those of its origin at the same places.</summary>
    public virtual IReadOnlyList<RequestLoad> Loads => [];

    /// <summary>Clients begin to send requests to a service.</summary>
    /// <param name="service">Its name (<c>shop</c>, <c>shop.prod</c>) or address, with <c>:80</c> when it has several ports.</param>
    /// <param name="rate">Requests per second: a number, or a <see cref="LoadShape"/>.</param>
    /// <param name="from">
    /// A node, on which the clients then run in a pod; <see cref="Outside"/>, when they come through the service's load balancer or node port; null for pods on all workers.
    /// All that one node sends to a service with <c>sessionAffinity: ClientIP</c> is one client; from outside come many.
    /// </param>
    /// <param name="timeout">How long a client waits for an answer; ten seconds when null.</param>
    /// <returns>What to stop it by, and what has come of it.</returns>
    /// <exception cref="ArgumentException">The service's name is none, or there is no such node.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual RequestLoad Load(string service, LoadShape rate, string? from = null, TimeSpan? timeout = null) =>
        throw OnlySimulated("sending load", "use a load generator such as hey or k6 in a pod");

    /// <summary>The same with a function of the time since the load began, in requests per second.</summary>
    /// <param name="service">The service.</param>
    /// <param name="rate">Asked every five seconds; it must give the same for the same time.</param>
    /// <param name="from">Where the clients are.</param>
    /// <param name="timeout">How long a client waits for an answer.</param>
    public RequestLoad Load(string service, Func<TimeSpan, double> rate, string? from = null, TimeSpan? timeout = null) =>
        Load(service, LoadShape.Of(rate), from, timeout);

    /// <summary>Stops a node's kube-proxy: the rules that it made go on, and nothing new is learned.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void StopKubeProxy(string node) => throw OnlySimulated("stopping kube-proxy", "it runs as a pod of a DaemonSet in namespace kube-system");

    /// <summary>Starts a node's kube-proxy again; it makes up what it missed.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual void StartKubeProxy(string node) => throw OnlySimulated("starting kube-proxy", "it runs as a pod of a DaemonSet in namespace kube-system");
}
