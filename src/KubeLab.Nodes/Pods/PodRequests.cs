using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>What a pod reserves: its containers and sidecars together, or an init container beside the sidecars started before it, whichever is more.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers">Resource sharing</seealso>
internal static class PodRequests
{
    /// <summary>The amount of one resource: thousandths for CPU, whole units for others.</summary>
    public static long Of(PodSpec spec, string resource)
    {
        long sidecars = 0, highest = 0;
        foreach (var container in spec.InitContainers)
        {
            if (container.RestartPolicy == "Always")
            {
                sidecars += Of(container, resource);
                highest = Math.Max(highest, sidecars);
            }
            else
            {
                highest = Math.Max(highest, sidecars + Of(container, resource));
            }
        }

        var apps = sidecars;
        foreach (var container in spec.Containers)
        {
            apps += Of(container, resource);
        }

        return Math.Max(apps, highest) + Amount(spec.Overhead[resource], resource);
    }

    /// <summary>A quantity in the unit of its resource.</summary>
    public static long Amount(Quantity? quantity, string resource) =>
        quantity is null ? 0 : resource == "cpu" ? quantity.Value.MilliValue : quantity.Value.Value;

    /// <summary>What one container reserves; a request that is not set is the limit.</summary>
    public static long Of(Container container, string resource) =>
        Amount(container.Resources.Requests[resource] ?? container.Resources.Limits[resource], resource);
}
