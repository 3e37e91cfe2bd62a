using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Client.Informing;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>The services that select pods, so that a change of a pod that no service is interested in costs next to nothing.</summary>
internal sealed class ServiceSelectors(Informer<Service> services)
{
    private readonly InformerIndex<Service> byNamespace = services.IndexBy(s => Selects(s) ? s.Metadata.Namespace : null);

    /// <summary>Whether a service has endpoints that a controller keeps.</summary>
    public static bool Selects(Service service) => !service.Spec.Selector.IsEmpty && service.Spec.Type != "ExternalName";

    /// <summary>Those that select what carries <paramref name="labels"/>.</summary>
    public IEnumerable<ObjectKey> Selecting(string ns, StringMap labels) =>
        byNamespace.CountOf(ns) == 0 ? [] : byNamespace[ns].Where(s => Holds(s, labels)).Select(ObjectKey.Of);

    /// <summary>Whether a service selects what carries <paramref name="labels"/>.</summary>
    public static bool Holds(Service service, StringMap labels)
    {
        foreach (var (key, value) in service.Spec.Selector)
        {
            if (!labels.TryGetValue(key, out var found) || found != value)
            {
                return false;
            }
        }

        return true;
    }
}
