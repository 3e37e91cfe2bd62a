using System.Text;
using KubeLab.Api;

namespace KubeLab.Nodes.Pressure;

/// <summary>Says in upstream's words why a pod was evicted.</summary>
internal static class EvictionMessage
{
    /// <summary>The message of the pod's status, its condition and its event.</summary>
    /// <param name="resource">What was short.</param>
    /// <param name="threshold">The least that should have been left, in bytes.</param>
    /// <param name="available">What was left, in bytes.</param>
    /// <param name="containers">What each container used and requested of it; those that used more are named.</param>
    public static string Of(string resource, long threshold, long available, IEnumerable<(string Name, long Used, Quantity Requested)> containers)
    {
        var text = new StringBuilder(
            $"The node was low on resource: {resource}. Threshold quantity: {Quantity.FromBytes(threshold)}, available: {Quantity.FromBytes(available)}. ");
        foreach (var (name, used, requested) in containers)
        {
            if (Quantity.FromBytes(used) > requested)
            {
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"Container {name} was using {Quantity.FromBytes(used)}, request is {requested}, has larger consumption of {resource}. ");
            }
        }

        return text.ToString();
    }
}
