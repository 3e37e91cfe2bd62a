namespace KubeLab.Nodes.Stages;

/// <summary>All stages, arranged by the state they start from.</summary>
internal sealed class StageSet
{
    private readonly Stage[][] byState;

    public StageSet(IReadOnlyList<Stage> stages)
    {
        All = stages;
        byState = new Stage[Enum.GetValues<LifeState>().Length][];
        for (var i = 0; i < byState.Length; i++)
        {
            byState[i] = [.. stages.Where(s => (int)s.From == i)];
        }
    }

    /// <summary>In the order of their files.</summary>
    public IReadOnlyList<Stage> All { get; }

    /// <summary>The stages of <c>data/stages/pod</c>.</summary>
    public static StageSet Load() => new([.. EmbeddedData.Under("stages/pod").Select(file => StageReader.Read(file.Name, file.Text))]);

    /// <summary>The first stage that fits, or null when nothing happens by itself in this state.</summary>
    public Stage? Match(LifeState state, Facts facts)
    {
        foreach (var stage in byState[(int)state])
        {
            if ((stage.Requires & facts) == stage.Requires)
            {
                return stage;
            }
        }

        return null;
    }
}
