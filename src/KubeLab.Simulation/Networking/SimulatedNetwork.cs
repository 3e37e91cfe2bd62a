namespace KubeLab.Simulation.Networking;

/// <summary>Machines by name, a link for each ordered pair of them, and what can go wrong between them.</summary>
public sealed class SimulatedNetwork(VirtualClock clock, Randomness chance)
{
    private readonly SortedDictionary<(string From, string To), NetworkLink> links = [];
    private LinkProfile profile = LinkProfile.SameZone;

    /// <summary>Told just before a link is cut or mended; of many in one instant, before each.</summary>
    public event Action? CutsChanging;

    /// <summary>How many messages are on their way.</summary>
    public int UnderWay { get; internal set; }

    /// <summary>How links behave that nobody has set apart; setting it changes all links.</summary>
    public LinkProfile Profile
    {
        get => profile;
        set
        {
            CutsChanging?.Invoke();
            profile = value;
            foreach (var link in links.Values)
            {
                link.Profile = value;
            }
        }
    }

    /// <summary>All links that have been asked for, by name.</summary>
    public IReadOnlyCollection<NetworkLink> Links => links.Values;

    /// <summary>The link from one machine to another, made at the first question for it.</summary>
    public NetworkLink Link(string from, string to)
    {
        if (!links.TryGetValue((from, to), out var link))
        {
            link = new NetworkLink(clock, chance.For($"{from}>{to}"), from, to, profile, () => CutsChanging?.Invoke(), this);
            links.Add((from, to), link);
        }

        return link;
    }

    /// <summary>Cuts the way from one machine to another; the way back stays as it is.</summary>
    public void Cut(string from, string to) => Link(from, to).IsCut = true;

    /// <summary>Cuts the network into groups that do not reach each other; machines that are in no group keep their links.</summary>
    public void Partition(params IReadOnlyList<string>[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var from in groups)
        {
            foreach (var to in groups.Where(to => !ReferenceEquals(from, to)))
            {
                CutAll(from, to);
            }
        }
    }

    /// <summary>Cuts one machine off from all that it has links with, both ways.</summary>
    public void Isolate(string machine)
    {
        foreach (var link in links.Values.Where(l => l.From == machine || l.To == machine))
        {
            link.IsCut = true;
        }
    }

    /// <summary>Mends every cut; what was lost stays lost.</summary>
    public void Heal()
    {
        foreach (var link in links.Values)
        {
            link.IsCut = false;
        }
    }

    private void CutAll(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        foreach (var one in from)
        {
            foreach (var other in to)
            {
                Cut(one, other);
            }
        }
    }
}
