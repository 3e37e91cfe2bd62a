using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what limit ranges leave out: a container's default limit is its greatest, its default request the default limit or the least.</summary>
/// <remarks>Upstream: SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go.</remarks>
internal static class LimitRangeDefaults
{
    public static LimitRange Fill(LimitRange obj)
    {
        var limits = ContainerDefaults.Each(obj.Spec.Limits, Fill);
        return limits == obj.Spec.Limits ? obj : obj with { Spec = obj.Spec with { Limits = limits } };
    }

    private static LimitRangeItem Fill(LimitRangeItem item)
    {
        if (item.Type != "Container")
        {
            return item;
        }

        var limits = Under(item.Max, item.Default);
        return item with { Default = limits, DefaultRequest = Under(item.Min, Under(limits, item.DefaultRequest)) };
    }

    private static ResourceList Under(ResourceList low, ResourceList high)
    {
        foreach (var (name, amount) in low)
        {
            high = high.ContainsKey(name) ? high : high.With(name, amount);
        }

        return high;
    }
}
