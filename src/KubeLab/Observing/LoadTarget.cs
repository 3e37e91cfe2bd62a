using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Observing;

/// <summary>Who answers a load: the pods that its service selects, and the workloads they belong to.</summary>
internal sealed class LoadTarget
{
    private readonly StringMap selector;
    private readonly string? ns;

    private LoadTarget(StringMap selector, string? ns) => (this.selector, this.ns) = (selector, ns);

    /// <summary>The target of a load; one that selects nothing while there is no such service.</summary>
    public static LoadTarget Of(IKubernetesApi api, RequestLoad load)
    {
        var to = load.Flow.Aim.To;
        var service = to.Service is { } key
            ? api.List<Service>(key.Namespace).FirstOrDefault(s => s.Metadata.Name == key.Name)
            : api.List<Service>().FirstOrDefault(s => s.Spec.ClusterIP == to.Address);
        return new LoadTarget(service?.Spec.Selector ?? default, service?.Metadata.Namespace);
    }

    /// <summary>Whether the service selects a pod.</summary>
    public bool Selects(PodLife pod) => Selects(pod.Key.Namespace, pod.Labels);

    /// <summary>Whether the service selects pods of a namespace with these labels.</summary>
    public bool Selects(string podNamespace, StringMap labels)
    {
        if (selector.Count == 0 || podNamespace != ns)
        {
            return false;
        }

        foreach (var (key, value) in selector)
        {
            if (labels[key] != value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The workloads behind the service, by name.</summary>
    public IReadOnlyList<ReplicaRecord> Workloads(ScalingRecorder scaling) =>
        [.. scaling.Lives.Where(Selects).Select(l => l.Workload).OfType<ReplicaRecord>().Distinct().OrderBy(w => w.Name, StringComparer.Ordinal)];
}
