using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>The domains that one node label makes, such as the zones: which node is in which.</summary>
internal sealed class TopologyDomains(string key)
{
    private readonly Dictionary<string, int> idOf = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<int> nodesIn = [];
    private int[] domainOf = [];
    private int crowded;

    public string Key => key;

    /// <summary>How many domains there are or were.</summary>
    public int Count => names.Count;

    /// <summary>Whether no two nodes share a domain, as with the label of the host name.</summary>
    public bool IsOnePerNode => crowded == 0;

    /// <summary>The domain of the node at <paramref name="place"/>, or -1 when it has no such label.</summary>
    public int Of(int place) => place < domainOf.Length ? domainOf[place] : -1;

    public string NameOf(int domain) => names[domain];

    public int Find(string value) => idOf.TryGetValue(value, out var id) ? id : -1;

    /// <summary>Takes in the node at a place, or its end; true when its domain changed.</summary>
    public bool Set(int place, Node? node)
    {
        var domain = node is not null && node.Metadata.Labels.TryGetValue(key, out var value) ? IdOf(value) : -1;
        if (place >= domainOf.Length)
        {
            var old = domainOf.Length;
            Array.Resize(ref domainOf, Math.Max(place + 1, old * 2));
            Array.Fill(domainOf, -1, old, domainOf.Length - old);
        }

        var before = domainOf[place];
        if (before == domain)
        {
            return false;
        }

        if (before >= 0 && --nodesIn[before] == 1)
        {
            crowded--;
        }

        if (domain >= 0 && ++nodesIn[domain] == 2)
        {
            crowded++;
        }

        domainOf[place] = domain;
        return true;
    }

    private int IdOf(string value)
    {
        if (!idOf.TryGetValue(value, out var id))
        {
            idOf.Add(value, id = names.Count);
            names.Add(value);
            nodesIn.Add(0);
        }

        return id;
    }
}
