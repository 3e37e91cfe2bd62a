using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Proxy;
using KubeLab.Nodes.Traffic;

namespace KubeLab.Nodes;

/// <content>How requests reach the pods of the machine.</content>
public sealed partial class Kubelet
{
    /// <summary>The machine's kube-proxy; null where nobody sends anything to services.</summary>
    public KubeProxy? Proxy { get; init; }

    /// <summary>Finds who takes a connection to an address of this machine's pods, or of the machine itself.</summary>
    internal Delivery Deliver(ServiceEndpoint endpoint)
    {
        if (!IsOn)
        {
            return Delivery.Silent;
        }

        var named = endpoint.Pod is { } key ? workers.GetValueOrDefault(key) : null;
        if (named is not null && Has(named, endpoint))
        {
            return Listening(named, endpoint.Port);
        }

        // Packets know addresses, not pods: somebody else may have this one by now. Pods on the machine's network share its address.
        var found = endpoint.Address == Config.InternalIP ? new Delivery(null) : Delivery.Silent;
        foreach (var worker in workers.Values)
        {
            if (Has(worker, endpoint))
            {
                found = Listening(worker, endpoint.Port);
                if (found.Listener is not null)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>What the machine's servers tell of their requests, by pod; nothing while the machine is dead. A server that nobody has asked yet tells that.</summary>
    public IReadOnlyList<RequestCounts> CountRequests()
    {
        var counts = new List<RequestCounts>();
        foreach (var (key, worker) in workers)
        {
            foreach (var container in worker.Containers)
            {
                if (container.IsAlive && container.Run is { Ports.Count: > 0 } run && container.Elapsed >= run.ListensAfter)
                {
                    container.Serving?.Advance();
                    counts.Add(new RequestCounts(
                        key, container.Spec.Name, (container.Serving?.Served + container.Serving?.Refused) ?? 0, container.Serving?.Figures.InFlight ?? 0));
                }
            }
        }

        return counts;
    }

    /// <summary>Whether an address belongs to the machine or a pod on it.</summary>
    internal bool HasAddress(string address)
    {
        if (address == Config.InternalIP)
        {
            return true;
        }

        foreach (var worker in workers.Values)
        {
            if (worker.PodIP == address && !worker.IsTerminal)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(PodWorker worker, ServiceEndpoint endpoint) => worker.PodIP == endpoint.Address && !worker.IsTerminal;

    private static Delivery Listening(PodWorker worker, int port)
    {
        if (worker.Listener(port) is { } listener)
        {
            return new Delivery(listener);
        }

        var starting = worker.Containers.FirstOrDefault(c => c.IsAlive && c.Run is { } run && run.Ports.Contains(port));
        return new Delivery(null, ListensIn: starting is null ? null : starting.Run!.ListensAfter - starting.Elapsed);
    }
}
