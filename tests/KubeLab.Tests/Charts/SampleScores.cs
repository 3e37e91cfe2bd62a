using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Scores to draw, made up.</summary>
public static class SampleScores
{
    private static readonly ScoreColumn[] Plugins =
    [
        new("TaintToleration", 3), new("NodeResourcesFit", 1), new("PodTopologySpread", 2), new("NodeResourcesBalancedAllocation", 1), new("ImageLocality", 1),
    ];

    public static Figure Few() => ScoreMapChart.Of("default/web", Plugins,
    [
        Row("workers-1", 100, 37, 80, 92, 0), Row("workers-2", 100, 61, 100, 88, 48), Row("workers-3", 0, 99, 12, 70, 0),
        new("master-1", "has the taint node-role.kubernetes.io/control-plane:NoSchedule, which the pod does not tolerate (TaintToleration)", [], 0),
        new("workers-4", "pod wants 1 CPU, 0.42 free of 3.92 (NodeResourcesFit)", [], 0),
    ]);

    public static Figure Many() => ScoreMapChart.Of("default/web", Plugins,
        [.. Enumerable.Range(1, 60).Select(i => Row($"gke-lab-3f2a-{i:00}", 100, i * 7 % 101, i * 13 % 101, i * 29 % 101, 0))]);

    private static ScoreRow Row(string node, params long[] scores) =>
        new(node, null, [.. scores.Select(s => new ScoreCell(s))], scores.Select((s, i) => s * Plugins[i].Weight).Sum());
}
