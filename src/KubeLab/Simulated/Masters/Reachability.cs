namespace KubeLab.Simulated.Masters;

/// <summary>Which machines reach which: all of them, unless the network is parted.</summary>
/// <remarks>Balancer, kubelets and the members of the store ask it. Whoever is outside of the machines stands with those that no side names.</remarks>
internal sealed class Reachability
{
    private Dictionary<string, int>? sides;
    private bool areOthersASide;

    /// <summary>Called after each change.</summary>
    public event Action? Changed;

    /// <summary>Whether anything is cut.</summary>
    public bool IsParted => sides is not null;

    /// <summary>Whether <paramref name="from"/> reaches <paramref name="to"/> and is heard by it; null stands outside.</summary>
    public bool Reaches(string? from, string? to)
    {
        if (sides is null || from == to)
        {
            return true;
        }

        var (left, right) = (SideOf(from), SideOf(to));
        return left is null || right is null || left == right;
    }

    /// <summary>Parts the network; what was parted before is forgotten.</summary>
    public void Part(Sides wanted)
    {
        sides = new Dictionary<string, int>(StringComparer.Ordinal);
        areOthersASide = wanted.AreOthersASide;
        for (var i = 0; i < wanted.Names.Count; i++)
        {
            foreach (var name in wanted.Names[i])
            {
                sides[name] = i;
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Everybody reaches everybody again.</summary>
    public void Heal()
    {
        if (sides is not null)
        {
            sides = null;
            Changed?.Invoke();
        }
    }

    /// <summary>The side of a machine; -1 is that of all that are not named; null is between the sides and reaches all.</summary>
    private int? SideOf(string? machine) =>
        machine is not null && sides!.TryGetValue(machine, out var side) ? side : areOthersASide ? -1 : null;
}
