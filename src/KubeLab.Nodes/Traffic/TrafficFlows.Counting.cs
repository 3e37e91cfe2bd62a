using KubeLab.Api;
using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Traffic;

/// <content>What clients see of the services that they ask.</content>
public sealed partial class TrafficFlows
{
    private readonly Dictionary<ObjectKey, double> offeredBefore = [];

    /// <summary>The requests to each service to which some were ever sent, by the services' names.</summary>
    public IReadOnlyList<ServiceCounts> Count()
    {
        var offered = new SortedDictionary<ObjectKey, double>(offeredBefore);
        var responses = new Dictionary<ObjectKey, List<(double, ResponseTime)>>();
        var patience = new Dictionary<ObjectKey, double>();
        foreach (var flow in flows)
        {
            if (ServiceOf(flow) is not { } service)
            {
                continue;
            }

            offered[service] = offered.GetValueOrDefault(service) + flow.Totals.Offered;
            patience[service] = Math.Max(patience.GetValueOrDefault(service), flow.Aim.Timeout.TotalSeconds);
            if (!responses.TryGetValue(service, out var times))
            {
                responses.Add(service, times = []);
            }

            times.AddRange(flow.Parts.Select(p => p.Responses));
        }

        return
        [
            .. offered.Select(s => new ServiceCounts(
                s.Key,
                s.Value,
                responses.TryGetValue(s.Key, out var times) ? Math.Min(ResponseMix.Quantile(times, 0.95), patience[s.Key]) : double.NaN)),
        ];
    }

    private ObjectKey? ServiceOf(RequestFlow flow) => flow.Aim.To.Service ?? routing.Owner(flow.Aim.To.Address!);

    private void KeepCount(RequestFlow flow)
    {
        if (ServiceOf(flow) is { } service)
        {
            offeredBefore[service] = offeredBefore.GetValueOrDefault(service) + flow.Totals.Offered;
        }
    }
}
