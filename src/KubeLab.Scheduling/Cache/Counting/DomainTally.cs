namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>How many pods of some sort each topology domain has, over the nodes that count; the smallest of these numbers is always at hand.</summary>
internal sealed class DomainTally
{
    private readonly PodTally pods;
    private readonly EligibleNodes? eligible;
    private readonly List<int> sums = [];
    private readonly List<int> nodes = [];
    private readonly List<int> domainsWith = [];
    private int[] domainAt = [];
    private int present;
    private int min;

    public DomainTally(PodTally pods, TopologyDomains topology, EligibleNodes? eligible, int places)
    {
        this.pods = pods;
        this.eligible = eligible;
        Topology = topology;
        for (var place = 0; place < places; place++)
        {
            Move(place);
        }
    }

    public TopologyDomains Topology { get; }

    /// <summary>What is counted.</summary>
    public PodTally Pods => pods;

    /// <summary>All pods counted in any domain.</summary>
    public long Total { get; private set; }

    /// <summary>How many domains have a node that counts.</summary>
    public int DomainCount { get; private set; }

    /// <summary>The fewest pods of any domain that has a node which counts; the greatest number there is when there is no domain.</summary>
    public int Min => DomainCount == 0 ? int.MaxValue : min;

    /// <summary>The pods of a domain; none where no node counts.</summary>
    public int this[int domain] => domain >= 0 && domain < sums.Count ? sums[domain] : 0;

    /// <summary>Whether the node at <paramref name="place"/> counts.</summary>
    public bool Counts(int place) => place < domainAt.Length && domainAt[place] >= 0;

    /// <summary>The smallest number when some domains have more or fewer pods than counted.</summary>
    public int MinWith(IReadOnlyDictionary<(DomainTally, int), int> changes)
    {
        var least = int.MaxValue;
        for (var domain = 0; domain < sums.Count; domain++)
        {
            if (nodes[domain] > 0)
            {
                least = Math.Min(least, sums[domain] + changes.GetValueOrDefault((this, domain)));
            }
        }

        return least;
    }

    public void Add(int place, int change)
    {
        if (place < domainAt.Length && domainAt[place] is >= 0 and var domain)
        {
            Change(domain, change);
        }
    }

    /// <summary>Looks again where the node at <paramref name="place"/> belongs.</summary>
    public void Move(int place)
    {
        if (place >= domainAt.Length)
        {
            var length = domainAt.Length;
            Array.Resize(ref domainAt, Math.Max(place + 1, length * 2));
            Array.Fill(domainAt, -1, length, domainAt.Length - length);
        }

        var to = eligible is null || eligible[place] ? Topology.Of(place) : -1;
        var from = domainAt[place];
        if (from == to)
        {
            return;
        }

        if (from >= 0)
        {
            Change(from, -pods[place]);
            if (--nodes[from] == 0)
            {
                Leave(sums[from]);
                DomainCount--;
            }
        }

        domainAt[place] = to;
        if (to >= 0)
        {
            while (sums.Count <= to)
            {
                sums.Add(0);
                nodes.Add(0);
            }

            if (nodes[to]++ == 0)
            {
                DomainCount++;
                Enter(sums[to]);
            }

            Change(to, pods[place]);
        }
    }

    private void Change(int domain, int change)
    {
        if (change == 0)
        {
            return;
        }

        var before = sums[domain];
        sums[domain] = before + change;
        Total += change;
        Enter(before + change);
        Leave(before);
    }

    private void Enter(int count)
    {
        while (domainsWith.Count <= count)
        {
            domainsWith.Add(0);
        }

        domainsWith[count]++;
        min = present++ == 0 ? count : Math.Min(min, count);
    }

    private void Leave(int count)
    {
        domainsWith[count]--;
        present--;
        while (present > 0 && domainsWith[min] == 0)
        {
            min++;
        }
    }
}
