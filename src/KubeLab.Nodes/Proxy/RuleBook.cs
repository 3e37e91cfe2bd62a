using System.Collections.Immutable;
using KubeLab.Api;

namespace KubeLab.Nodes.Proxy;

/// <summary>All rules as they were at an instant. It does not change, so whoever keeps it keeps the rules of then.</summary>
public sealed class RuleBook
{
    private readonly ImmutableSortedDictionary<ObjectKey, IReadOnlyList<ServicePortRule>> services;

    private RuleBook(ImmutableSortedDictionary<ObjectKey, IReadOnlyList<ServicePortRule>> services) => this.services = services;

    /// <summary>No rules.</summary>
    public static RuleBook Empty { get; } = new(ImmutableSortedDictionary<ObjectKey, IReadOnlyList<ServicePortRule>>.Empty);

    /// <summary>How many services it knows.</summary>
    public int Count => services.Count;

    /// <summary>The ports of a service; empty when it does not know it.</summary>
    public IReadOnlyList<ServicePortRule> PortsOf(ObjectKey service) => services.GetValueOrDefault(service) ?? [];

    /// <summary>The rule for a service's own address, which a service of the same name that was made again does not have.</summary>
    /// <param name="service">The service.</param>
    /// <param name="clusterIP">Its address as DNS tells it.</param>
    /// <param name="port">The port.</param>
    public ServicePortRule? Find(ObjectKey service, string clusterIP, int port)
    {
        foreach (var rule in PortsOf(service))
        {
            if (rule.ClusterIP == clusterIP && rule.Port == port)
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>The service that has this address, or null.</summary>
    public ObjectKey? Owner(string address)
    {
        foreach (var (key, rules) in services)
        {
            foreach (var rule in rules)
            {
                if (rule.ClusterIP == address || rule.ExternalAddresses.Contains(address))
                {
                    return key;
                }
            }
        }

        return null;
    }

    /// <summary>The same with other rules for one service; with none when <paramref name="rules"/> is null.</summary>
    public RuleBook With(ObjectKey service, IReadOnlyList<ServicePortRule>? rules) =>
        new(rules is null ? services.Remove(service) : services.SetItem(service, rules));
}
