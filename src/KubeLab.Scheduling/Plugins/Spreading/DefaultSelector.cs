using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Spreading;

/// <summary>The pods that belong together with a pod: those of its services and of its owner.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/helper/spread.go.</remarks>
internal static class DefaultSelector
{
    /// <summary>Selects everything when the pod belongs to nothing.</summary>
    public static Selector Of(Pod pod, IClusterObjects objects)
    {
        var labels = default(StringMap);
        foreach (var service in objects.All<Service>())
        {
            if (service.Metadata.Namespace == pod.Metadata.Namespace && !service.Spec.Selector.IsEmpty && Selector.From(service.Spec.Selector).Matches(pod.Metadata.Labels))
            {
                foreach (var (key, value) in service.Spec.Selector)
                {
                    labels = labels.With(key, value);
                }
            }
        }

        var selector = Selector.From(labels);
        var owner = pod.Metadata.OwnerReferences.Find(static o => o.Controller == true);
        var theirs = owner switch
        {
            { ApiVersion: "apps/v1", Kind: "ReplicaSet" } => objects.Find<ReplicaSet>(pod.Metadata.Namespace!, owner.Name)?.Spec.Selector,
            { ApiVersion: "apps/v1", Kind: "StatefulSet" } => objects.Find<StatefulSet>(pod.Metadata.Namespace!, owner.Name)?.Spec.Selector,
            _ => null,
        };
        var more = theirs is null ? Selector.Nothing : SelectorReading.Of(theirs);
        return more.IsNothing ? selector : selector.And(more.Requirements.ToArray());
    }
}
