using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Quotas;

namespace KubeLab.ApiServer.Admission;

/// <summary>Whether pods and claims keep within the bounds of a limit range, and what is wrong if not, in upstream's words.</summary>
internal static class LimitBounds
{
    // From here on thousandths no longer fit, and whole units are compared.
    private static readonly long MilliMax = long.MaxValue / 1000;

    /// <summary>What is wrong with a pod or a claim, each thing once.</summary>
    public static IReadOnlyList<string> Problems(LimitRangeSpec spec, IApiObject obj)
    {
        var problems = new List<string>();
        foreach (var item in spec.Limits)
        {
            switch (item.Type, obj)
            {
                case ("Container", Pod pod):
                    foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers))
                    {
                        Check(item, container.Resources.Requests, container.Resources.Limits, problems);
                    }

                    break;
                case ("Pod", Pod pod):
                    Check(
                        item, PodAmounts.Sum(pod.Spec, static c => c.Resources.Requests), PodAmounts.Sum(pod.Spec, static c => c.Resources.Limits), problems);
                    break;
                case ("PersistentVolumeClaim", PersistentVolumeClaim claim):
                    CheckClaim(item, claim.Spec.Resources.Requests, problems);
                    break;
                default:
                    break;
            }
        }

        return [.. problems.Distinct()];
    }

    private static void Check(LimitRangeItem item, ResourceList requests, ResourceList limits, List<string> problems)
    {
        foreach (var (name, least) in item.Min)
        {
            Add(problems, Least(item.Type, name, least, requests[name], limits[name]));
        }

        foreach (var (name, most) in item.Max)
        {
            Add(problems, Most(item.Type, name, most, requests[name], limits[name]));
        }

        foreach (var (name, ratio) in item.MaxLimitRequestRatio)
        {
            Add(problems, Ratio(item.Type, name, ratio, requests[name], limits[name]));
        }
    }

    private static void CheckClaim(LimitRangeItem item, ResourceList requests, List<string> problems)
    {
        foreach (var (name, least) in item.Min)
        {
            Add(problems, Least(item.Type, name, least, requests[name], null));
        }

        foreach (var (name, most) in item.Max)
        {
            Add(problems, requests[name] is not { } request
                ? $"maximum {name} usage per {item.Type} is {most}.  No request is specified"
                : request > most ? $"maximum {name} usage per {item.Type} is {most}, but request is {request}" : null);
        }
    }

    private static string? Least(string type, string name, Quantity least, Quantity? request, Quantity? limit)
    {
        var begin = $"minimum {name} usage per {type} is {least}";
        return request is null ? $"{begin}.  No request is specified"
            : request < least ? $"{begin}, but request is {request}"
            : limit < least ? $"{begin}, but limit is {limit}"
            : null;
    }

    private static string? Most(string type, string name, Quantity most, Quantity? request, Quantity? limit)
    {
        var begin = $"maximum {name} usage per {type} is {most}";
        return limit is null ? $"{begin}.  No limit is specified"
            : limit > most ? $"{begin}, but limit is {limit}"
            : request > most ? $"{begin}, but request is {request}"
            : null;
    }

    private static string? Ratio(string type, string name, Quantity most, Quantity? request, Quantity? limit)
    {
        var begin = $"{name} max limit to request ratio per {type} is {most}";
        if (request is not { IsZero: false } asked)
        {
            return $"{begin}, but no request is specified or request is 0";
        }

        if (limit is not { IsZero: false } bound)
        {
            return $"{begin}, but no limit is specified or limit is 0";
        }

        var isSmall = asked.Value <= MilliMax && bound.Value <= MilliMax && most.Value <= MilliMax;
        var ratio = isSmall ? (double)bound.MilliValue / asked.MilliValue : (double)bound.Value / asked.Value;
        var exceeds = isSmall ? ratio * 1000 > most.MilliValue : ratio > most.Value;
        return exceeds ? string.Create(CultureInfo.InvariantCulture, $"{begin}, but provided ratio is {ratio:F6}") : null;
    }

    private static void Add(List<string> problems, string? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }
}
