using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>Counts what the nodes of a real cluster cost from the moment at which the lab looks.</summary>
internal sealed class NodeMeter
{
    private const string Left = "disks, load balancers and traffic are not counted: see your provider's billing page";

    private readonly VirtualClock clock;
    private readonly bool isSimulated;
    private readonly NodePrices prices = new();
    private readonly Meter meter = new(NodePrices.Currency);
    private readonly Informer<Node> nodes;
    private readonly Dictionary<string, Usage> rented = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> unpriced = new(StringComparer.Ordinal);
    private Usage? fee;

    public NodeMeter(IKubernetesApi api, VirtualClock clock, bool isSimulated)
    {
        this.clock = clock;
        this.isSimulated = isSimulated;
        nodes = new Informer<Node>(api, clock, Node.Resource);
        nodes.Added += OnNode;
        nodes.Updated += (_, node) => OnNode(node);
        nodes.Deleted += OnGone;
    }

    /// <summary>Whether a price is known of anything.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What is left out, in sentences.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. unpriced.GroupBy(pair => pair.Value).Select(group => $"not priced: {Names([.. group.Select(pair => pair.Key)])}; {group.Key}"),
        Left,
    ];

    public void Start() => nodes.Start();

    /// <summary>The bill up to now.</summary>
    public Bill Bill() => meter.BillAt(clock.Now) with { Notes = Notes };

    /// <summary>The sum and the rate per hour; null when no price is known.</summary>
    public (decimal Total, decimal PerHour)? Money() =>
        IsKnown ? (meter.CostAt(clock.Now).Amount, meter.RatePerHourAt(clock.Now).Amount) : null;

    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";

    private void OnNode(Node node)
    {
        var origin = NodeOrigin.Of(node, isSimulated);
        if (rented.ContainsKey(origin.Name))
        {
            return;
        }

        var (price, reason) = prices.Of(origin);
        if (price is null)
        {
            unpriced[origin.Name] = reason!;
            return;
        }

        IsKnown = true;
        unpriced.Remove(origin.Name);
        rented.Add(origin.Name, meter.Open(ChargeKind.Machine, origin.Name, price, 1, BilledTime.PerSecond, clock.Now));
        if (fee is null && prices.FeeOf(origin) is { } perCluster)
        {
            fee = meter.Open(ChargeKind.ClusterFee, "control plane", perCluster, 1, BilledTime.PerSecond, clock.Now);
        }
    }

    private void OnGone(Node node)
    {
        var name = node.Metadata.Name ?? "";
        unpriced.Remove(name);
        if (rented.Remove(name, out var usage))
        {
            usage.Close(clock.Now);
        }
    }
}
