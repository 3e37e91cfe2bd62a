namespace KubeLab.Scheduling.Framework;

/// <summary>Numbers for what tells groups of nodes apart: the same sequence of values gives the same number.</summary>
internal sealed class NodeGroups
{
    private readonly Dictionary<(int, long), int> steps = [];

    public int Step(int from, long value)
    {
        if (!steps.TryGetValue((from, value), out var to))
        {
            steps.Add((from, value), to = steps.Count + 1);
        }

        return to;
    }
}

/// <summary>Collects all by which the answers of plugins for two nodes can differ.</summary>
public struct NodeGroupKey
{
    private readonly NodeGroups groups;

    internal NodeGroupKey(NodeGroups groups) => this.groups = groups;

    internal int Id { get; private set; }

    /// <summary>Adds a value: nodes that differ in it are in different groups.</summary>
    public void Add(long value) => Id = groups.Step(Id, value);
}
