using KubeLab.Api;
using KubeLab.Nodes.Proxy;
using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Traffic;

/// <summary>Finds where a flow goes: the name becomes an address, the clients' nodes choose endpoints by their rules, and packets reach whoever listens there.</summary>
internal sealed class FlowRouting(SharedRules rules, Func<IEnumerable<Kubelet>> nodes, Action<ContainerServing> changed)
{
    private const string ControlPlane = "node-role.kubernetes.io/control-plane";
    private const int WebPort = 80;

    private readonly OrderedDictionary<(string Address, int Port), (ServiceEndpoint Endpoint, double Share)> shares = [];
    private readonly Dictionary<FlowEnd, double> lost = [];
    private readonly Dictionary<string, Kubelet> byName = new(StringComparer.Ordinal);

    /// <summary>How long until somebody listens who does not yet, as far as is known; null when nobody will.</summary>
    public TimeSpan? ListensIn { get; private set; }

    /// <summary>The parts of a flow; none when there is nobody to send anything.</summary>
    public List<FlowPart> Find(RequestFlow flow)
    {
        shares.Clear();
        lost.Clear();
        byName.Clear();
        ListensIn = null;
        foreach (var node in nodes())
        {
            byName[node.Config.Name] = node;
        }

        var clients = Clients(flow.Aim);
        if (clients.Count > 0)
        {
            Aim(flow, clients);
        }

        var parts = new List<FlowPart>(shares.Count + lost.Count);
        foreach (var (endpoint, share) in shares.Values)
        {
            parts.Add(PartOf(endpoint, share));
        }

        foreach (var end in Enum.GetValues<FlowEnd>())
        {
            if (lost.TryGetValue(end, out var share))
            {
                parts.Add(new FlowPart(end, share, null));
            }
        }

        return parts;
    }

    /// <summary>The service that has an address, or null.</summary>
    public ObjectKey? Owner(string address) => rules.Book.Owner(address);

    // Clients in pods are where pods are: on the workers, if there are any. Load balancers leave masters out as well.
    private List<Kubelet> Clients(RequestAim aim)
    {
        if (aim.FromNode is { } name)
        {
            return byName.GetValueOrDefault(name) is { IsOn: true } node ? [node] : [];
        }

        var alive = byName.Values.Where(n => n.IsOn).ToList();
        var workers = alive.Where(n => !n.Config.Labels.ContainsKey(ControlPlane)).ToList();
        return workers.Count > 0 ? workers : alive;
    }

    private void Aim(RequestFlow flow, List<Kubelet> clients)
    {
        var to = flow.Aim.To;

        // The cluster's DNS watches services as proxies do.
        var book = rules.Book;
        var service = to.Service ?? book.Owner(to.Address!);
        if (service is null)
        {
            Add(new ServiceEndpoint(to.Address!, to.Port ?? WebPort), 1);
            return;
        }

        var ports = book.PortsOf(service.Value);
        var rule = to.Port is { } port ? ports.FirstOrDefault(p => p.Port == port) : ports.Count > 0 ? ports[0] : null;
        if (ports.Count > 0 && ports[0].ClusterIP is null)
        {
            AimAtPods(rule ?? ports[0], to.Port);
        }
        else if (rule is null)
        {
            // A service that does not exist has no name; one that has no such port has an address at which nobody is.
            Lose(ports.Count == 0 ? FlowEnd.NoEndpoint : FlowEnd.Silence, 1);
        }
        else if (flow.Aim.FromOutside)
        {
            AimFromOutside(rule, clients);
        }
        else
        {
            AimFromInside(flow, rule, clients);
        }
    }

    // A headless service is a name for its pods' addresses: no proxy has to do with it, and no port is translated.
    private void AimAtPods(ServicePortRule rule, int? port)
    {
        var ready = rule.Endpoints.Where(e => e.IsReady).ToList();
        ready.ForEach(e => Add(port is { } asked ? e with { Port = asked } : e, 1.0 / ready.Count));
        if (ready.Count == 0)
        {
            Lose(FlowEnd.NoEndpoint, 1);
        }
    }

    private void AimFromInside(RequestFlow flow, ServicePortRule rule, List<Kubelet> clients)
    {
        if (flow.Aim.To.Address is { } address && rule.ClusterIP != address && !rule.ExternalAddresses.Contains(address))
        {
            Lose(FlowEnd.Silence, 1);
            return;
        }

        // Thousands of nodes have the same rules, and most rules do not depend on the node.
        var alike = new Dictionary<RuleBook, (Kubelet Node, ServicePortRule? Rule, int Count)>();
        foreach (var client in clients)
        {
            if (client.Proxy is not { } proxy)
            {
                Lose(FlowEnd.Silence, 1.0 / clients.Count);
                continue;
            }

            var book = proxy.Rules;
            if (alike.TryGetValue(book, out var known))
            {
                if (known.Rule is null or { DependsOnNode: false, Affinity: null })
                {
                    alike[book] = known with { Count = known.Count + 1 };
                    continue;
                }

                Spread(flow, client, known.Rule, 1.0 / clients.Count);
                continue;
            }

            alike[book] = (client, book.Find(rule.Service, rule.ClusterIP!, rule.Port), 1);
        }

        foreach (var (node, known, count) in alike.Values)
        {
            Spread(flow, node, known, (double)count / clients.Count);
        }
    }

    private void Spread(RequestFlow flow, Kubelet client, ServicePortRule? rule, double share)
    {
        var route = rule is null ? Route.Unknown : client.Proxy!.RouteOf(rule, fromOutside: false);
        if (route.Kind == RouteKind.Leads && rule!.Affinity is { } affinity)
        {
            // All that comes from one node or pod has one address, so it is one client.
            Add(flow.Loyal(client.Config.Name, affinity, route.Endpoints, e => $"{e.Address}:{e.Port}"), share);
            return;
        }

        Follow(route, share);
    }

    // Whoever spreads the load over the nodes leaves out those that are dead and, for a load balancer with the policy Local, those without an endpoint of their own.
    private void AimFromOutside(ServicePortRule rule, List<Kubelet> nodes)
    {
        if (!rule.IsExternal)
        {
            Lose(FlowEnd.NoEndpoint, 1);
            return;
        }

        var known = nodes.Select(n => (Node: n, Rule: n.Proxy?.Rules.Find(rule.Service, rule.ClusterIP!, rule.Port))).ToList();
        if (rule is { IsLoadBalancer: true, IsExternalLocal: true })
        {
            known.RemoveAll(n => n.Rule is null || n.Node.Proxy!.RouteOf(n.Rule, fromOutside: true).Kind != RouteKind.Leads);
        }

        if (known.Count == 0)
        {
            Lose(rule.Endpoints.Count == 0 ? FlowEnd.NoEndpoint : FlowEnd.Silence, 1);
        }

        foreach (var (node, own) in known)
        {
            // A node port without a rule is a port on which nobody listens.
            var route = own is null ? Route.Unknown : node.Proxy!.RouteOf(own, fromOutside: true);
            if (route.Kind == RouteKind.Unknown)
            {
                Lose(FlowEnd.Refused, 1.0 / known.Count);
            }
            else
            {
                Follow(route, 1.0 / known.Count);
            }
        }
    }

    private void Follow(Route route, double share)
    {
        if (route.Kind != RouteKind.Leads)
        {
            Lose(route.Kind == RouteKind.Rejected ? FlowEnd.NoEndpoint : FlowEnd.Silence, share);
            return;
        }

        foreach (var endpoint in route.Endpoints)
        {
            Add(endpoint, share / route.Endpoints.Count);
        }
    }

    private void Add(ServiceEndpoint endpoint, double share)
    {
        var key = (endpoint.Address, endpoint.Port);
        shares[key] = (endpoint, shares.TryGetValue(key, out var before) ? before.Share + share : share);
    }

    private void Lose(FlowEnd end, double share) => lost[end] = lost.GetValueOrDefault(end) + share;

    private FlowPart PartOf(ServiceEndpoint endpoint, double share)
    {
        var node = endpoint.Node is { } name ? byName.GetValueOrDefault(name) : byName.Values.FirstOrDefault(n => n.HasAddress(endpoint.Address));
        var delivery = node?.Deliver(endpoint) ?? Delivery.Silent;
        if (delivery.Listener is { } listener)
        {
            return new FlowPart(FlowEnd.Served, share, listener.Serve(changed));
        }

        ListensIn = delivery.ListensIn is { } wait && (ListensIn is null || wait < ListensIn) ? wait : ListensIn;
        return new FlowPart(delivery.IsSilent ? FlowEnd.Silence : FlowEnd.Refused, share, null);
    }
}
