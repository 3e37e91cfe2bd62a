namespace KubeLab.Simulated.Masters;

/// <summary>The sides into which a network falls: <c>master-1 master-2 | master-3</c>; one side alone is cut off from all others.</summary>
/// <param name="Names">The machines of each side.</param>
/// <param name="AreOthersASide">Whether the machines that are not named are a side too; otherwise they reach all sides.</param>
internal sealed record Sides(IReadOnlyList<IReadOnlyList<string>> Names, bool AreOthersASide)
{
    private static readonly char[] Separators = [' ', ',', '\t', '\n', '\r'];

    /// <summary>Reads what somebody wrote.</summary>
    /// <param name="text">Sides separated by <c>|</c>, names by spaces or commas.</param>
    /// <param name="machines">The machines there are.</param>
    /// <exception cref="ArgumentException">The message says what is wrong and lists the machines.</exception>
    public static Sides Parse(string text, IReadOnlyCollection<string> machines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sides = text.Split('|').Select(side => side.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (sides.Exists(side => side.Length == 0))
        {
            throw new ArgumentException($"\"{text}\" names no machine {(sides.Count == 1 ? "" : "on one of its sides ")}: write \"master-1 master-2 | master-3\", or one name to cut it off from all others", nameof(text));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in sides.SelectMany(side => side))
        {
            if (!machines.Contains(name))
            {
                throw new ArgumentException($"no machine \"{name}\"; there are {(machines.Count == 0 ? "none" : string.Join(", ", machines))}", nameof(text));
            }

            if (!seen.Add(name))
            {
                throw new ArgumentException($"\"{text}\" names {name} twice", nameof(text));
            }
        }

        return new Sides(sides, AreOthersASide: sides.Count == 1);
    }
}
