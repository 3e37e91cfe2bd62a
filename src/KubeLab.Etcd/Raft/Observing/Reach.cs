namespace KubeLab.Etcd.Raft.Observing;

/// <summary>Who reaches whom: what a group can decide at all, whatever its members know of it.</summary>
internal static class Reach
{
    /// <summary>Whether some voter that runs reaches, both ways and with itself, a majority of voters that run.</summary>
    public static bool HasQuorum(RaftGroup group, Membership membership)
    {
        var cuts = Cuts(group);
        List<RaftMember> up = [.. group.Members.Where(m => m.IsUp && membership.IsVoter(m.Id))];
        return up.Exists(one => up.Count(other => IsLinked(one, other, cuts)) >= membership.Quorum);
    }

    /// <summary>The sides of a divided network in words, for example <c>m1 m2 | m3 m4 m5</c>; cuts that divide nobody are listed; null when nothing is cut.</summary>
    public static string? Divisions(RaftGroup group)
    {
        var cuts = Cuts(group);
        List<RaftMember> left = [.. group.Members];
        if (!cuts.Any(cut => left.Exists(m => m.Name == cut.From) && left.Exists(m => m.Name == cut.To)))
        {
            return null;
        }

        var sides = new List<string>();
        while (left.Count > 0)
        {
            List<RaftMember> side = [left[0]];
            for (var i = 0; i < side.Count; i++)
            {
                side.AddRange(left.Where(m => !side.Contains(m) && IsLinked(side[i], m, cuts)).ToList());
            }

            left.RemoveAll(side.Contains);
            sides.Add(string.Join(' ', side.OrderBy(m => m.Id).Select(m => m.Name)));
        }

        return sides.Count > 1 ? string.Join(" | ", sides) : string.Join(", ", cuts.Select(cut => $"{cut.From}→{cut.To}"));
    }

    private static SortedSet<(string From, string To)> Cuts(RaftGroup group) => [.. group.Network.Links.Where(l => l.IsCut).Select(l => (l.From, l.To))];

    private static bool IsLinked(RaftMember one, RaftMember other, SortedSet<(string From, string To)> cuts) =>
        !cuts.Contains((one.Name, other.Name)) && !cuts.Contains((other.Name, one.Name));
}
