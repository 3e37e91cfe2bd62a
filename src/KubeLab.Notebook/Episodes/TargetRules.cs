namespace KubeLab.Notebook.Episodes;

/// <summary>What an episode says about where it runs: on a simulation, on a real cluster, and which cells on the one only.</summary>
internal static class TargetRules
{
    /// <summary>The targets that there are.</summary>
    public static readonly string[] Known = ["simulated", "kubeconfig"];

    public static void Check(Episode episode, Action<int, string> report)
    {
        foreach (var target in episode.Targets.Where(target => !Known.Contains(target)))
        {
            report(1, $"'targets: [{target}]': there are {string.Join(" and ", Known)}");
        }

        foreach (var fence in Fences(episode.Blocks).Where(fence => fence.Only is not null))
        {
            if (!Known.Contains(fence.Only))
            {
                report(fence.Line, $"'only={fence.Only}': there are {string.Join(" and ", Known)}");
            }
            else if (!episode.Targets.Contains(fence.Only!) || episode.Targets.Length < 2)
            {
                report(fence.Line, $"'only={fence.Only}' needs 'targets: [{string.Join(", ", Known)}]' on top: otherwise every cell runs on one target only");
            }
        }
    }

    private static IEnumerable<CodeFence> Fences(IEnumerable<EpisodeBlock> blocks) => blocks.SelectMany(block => block switch
    {
        CodeFence fence => [fence],
        Div div => Fences(div.Children),
        _ => Enumerable.Empty<CodeFence>(),
    });
}
