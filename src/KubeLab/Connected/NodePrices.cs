using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Connected;

/// <summary>What the machines of nodes cost, by their labels and the price book. What is not in the book is said to be missing, never guessed.</summary>
internal sealed class NodePrices
{
    /// <summary>The currency of all prices.</summary>
    public const string Currency = "USD";

    private readonly Dictionary<string, string> providers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, string Region), PriceBook> books = [];

    public NodePrices()
    {
        foreach (var provider in MachineCatalog.Providers)
        {
            providers.TryAdd(MachineCatalog.Load(provider).ProviderIdScheme, provider);
        }
    }

    /// <summary>The price of a node's machine, or why there is none.</summary>
    public (UnitPrice? Price, string? Reason) Of(NodeOrigin node)
    {
        if (ProviderOf(node) is not { } provider)
        {
            return (null, $"spec.providerID names no provider whose prices are known ({string.Join(", ", providers.Keys.Order(StringComparer.Ordinal))})");
        }

        if (node.MachineType is null)
        {
            return (null, "there is no label node.kubernetes.io/instance-type");
        }

        if (node.Region is null)
        {
            return (null, "there is no label topology.kubernetes.io/region");
        }

        try
        {
            return (Book(provider, node.Region).Machine(node.MachineType, node.IsSpot).ToUnitPrice(), null);
        }
        catch (ArgumentException unknown)
        {
            return (null, unknown.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <summary>The fee of the managed control plane behind a node, or null when its labels tell of none.</summary>
    public UnitPrice? FeeOf(NodeOrigin node)
    {
        // Google and Amazon charge it for every cluster; elsewhere it depends on a tier that no label tells.
        if (node.Pool is null || node.Region is null || node.Host is not (NodeHost.Google or NodeHost.Amazon) || ProviderOf(node) is not { } provider)
        {
            return null;
        }

        try
        {
            return Book(provider, node.Region).ClusterFee;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private string? ProviderOf(NodeOrigin node) => providers.GetValueOrDefault(node.ProviderId.Split("://", 2)[0]);

    private PriceBook Book(string provider, string region)
    {
        if (!books.TryGetValue((provider, region), out var book))
        {
            books[(provider, region)] = book = PriceBook.Load(provider, region, Currency);
        }

        return book;
    }
}
