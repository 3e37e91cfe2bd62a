using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>Needs as the status of an autoscaler tells them: rounded, of the resources that are controlled, and within the policy.</summary>
/// <remarks>Upstream: MapToListOfRecommendedContainerResources, and the capping post-processor in pkg/recommender/routines.</remarks>
internal static class Recommendations
{
    private static readonly string[] Both = [Amounts.Cpu, Amounts.Memory];

    /// <summary>The recommendation to write.</summary>
    public static RecommendedPodResources Of(IReadOnlyDictionary<string, ContainerNeed> needs, PodResourcePolicy? policy, VerticalPodAutoscalerOptions options) => new()
    {
        ContainerRecommendations = needs.Select(n => Of(n.Key, n.Value, Policies.Of(n.Key, policy), options)).ToValueList(),
    };

    private static RecommendedContainerResources Of(string container, ContainerNeed need, ContainerResourcePolicy? policy, VerticalPodAutoscalerOptions options)
    {
        IEnumerable<string> controlled = policy?.ControlledResources is { } chosen ? chosen : Both;
        var target = List(need.Target);
        return new()
        {
            ContainerName = container,
            Target = Capped(target),
            LowerBound = Capped(List(need.Lower)),
            UpperBound = Capped(List(need.Upper)),
            UncappedTarget = target,
        };

        ResourceList List(Need amount) => ResourceList.From(controlled.Distinct().Where(Both.Contains).Select(r => KeyValuePair.Create(r, Rounded(amount, r, options))));

        ResourceList Capped(ResourceList list) => ResourceList.From(list.Select(r => KeyValuePair.Create(r.Key, Policies.Capped(r.Key, r.Value, policy, Limit(r.Key, options)))));
    }

    private static Quantity Rounded(Need need, string resource, VerticalPodAutoscalerOptions options) => resource == Amounts.Cpu
        ? Quantity.FromMilli(Amounts.RoundedUp(need.CpuMilli, options.RoundCpuMillicores))
        : Quantity.FromValue(Amounts.RoundedUp(need.MemoryBytes, options.RoundMemoryBytes));

    private static Quantity? Limit(string resource, VerticalPodAutoscalerOptions options) => resource == Amounts.Cpu
        ? options.ContainerRecommendationMaxAllowedCpu
        : options.ContainerRecommendationMaxAllowedMemory;
}
