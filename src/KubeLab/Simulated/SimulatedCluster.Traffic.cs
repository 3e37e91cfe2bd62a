using KubeLab.Nodes;
using KubeLab.Nodes.Proxy;
using KubeLab.Nodes.Traffic;

namespace KubeLab.Simulated;

/// <content>Requests to services, and the proxies that route them.</content>
public sealed partial class SimulatedCluster
{
    private readonly List<RequestLoad> loads = [];
    private readonly SharedRules rules;
    private readonly TrafficFlows traffic;

    /// <inheritdoc/>
    public override IReadOnlyList<RequestLoad> Loads => loads;

    /// <inheritdoc/>
    public override RequestLoad Load(string service, LoadShape rate, string? from = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(rate);
        var aim = new RequestAim(ServiceName.Parse(service, Namespace)) { FromNode = from == Outside ? null : from, FromOutside = from == Outside };
        aim = timeout is { } patience ? aim with { Timeout = patience } : aim;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(aim.Timeout, TimeSpan.Zero, nameof(timeout));
        if (aim.FromNode is { } node)
        {
            KubeletOf(node);
        }

        Act(c => c.StartLoad(service, aim, rate));
        return loads[^1];
    }

    /// <inheritdoc/>
    public override void StopKubeProxy(string node)
    {
        KubeletOf(node);
        Act(c =>
        {
            c.KubeletOf(node).Proxy!.Stop();
            c.recorder.Mark($"kube-proxy of {node} stopped");
        });
    }

    /// <inheritdoc/>
    public override void StartKubeProxy(string node)
    {
        KubeletOf(node);
        Act(c =>
        {
            c.KubeletOf(node).Proxy!.Start();
            c.recorder.Mark($"kube-proxy of {node} started");
        });
    }

    internal void StopLoad(int number) => Act(c =>
    {
        var load = c.loads[number];
        if (!load.IsStopped)
        {
            load.IsStopped = true;
            c.traffic.Close(load.Flow);
            c.recorder.Mark($"load on {load.Service} ends");
        }
    });

    private void StartLoad(string service, RequestAim aim, LoadShape rate)
    {
        var flow = traffic.Open(aim, rate.Begin(Clock.Now, chance.For($"load-{loads.Count + 1}")));
        loads.Add(new RequestLoad(this, loads.Count, service, flow));
        recorder.Mark($"load on {service}: {rate}");
    }

    // The node's label comes later, from the cloud controller manager; it says the same.
    private KubeProxy ProxyFor(NodeConfig config) => new(config.Name, Cloud.Machines.FirstOrDefault(m => m.Name == config.Name)?.Zone, rules);

    private Kubelet KubeletOf(string node) => kubelets.GetValueOrDefault(node)
        ?? throw new ArgumentException($"there is no node \"{node}\"; there are: {string.Join(", ", kubelets.Keys.Order(StringComparer.Ordinal).Take(20))}", nameof(node));
}
