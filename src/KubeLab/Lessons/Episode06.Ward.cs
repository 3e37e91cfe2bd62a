using KubeLab.Api.Core;
using KubeLab.Observing;

namespace KubeLab.Lessons;

/// <content>E06.3: what each of the five that wait lacks.</content>
internal static partial class Episode06
{
    private const string Ward = "ward";

    private static readonly (string Name, string Hint)[] Waiting =
    [
        ("heavy", "it requests more CPU than any node has left; requests are changed by deleting the pod and applying a smaller one"),
        ("shy", "the only node that it chooses has a taint that it does not tolerate"),
        ("picky", "no node has the label that it chooses: kubectl label node … disk=ssd"),
        ("thirsty", "it names a claim that is not there: kubectl get pvc -n ward"),
    ];

    private static CheckResult CuredWard(Cluster cluster)
    {
        foreach (var (name, hint) in Waiting)
        {
            if (cluster.Pod(name, Ward).Object is not { } pod)
            {
                return CheckResult.NotYet($"there is no pod \"{name}\" in the namespace {Ward}. {Missing(cluster)}");
            }

            if (Cheated(cluster, pod) is { } cheated)
            {
                return CheckResult.NotYet(cheated);
            }

            if (!PodPhases.IsReady(pod))
            {
                return CheckResult.NotYet(pod.Spec.NodeName is null ? $"{name} is Pending: {hint}." : $"{name} is {PodPhases.Of(pod)} on {pod.Spec.NodeName}. Give it a moment: cluster.RunFor(60).");
            }
        }

        var fifth = cluster.Deployment("fifth", Ward);
        return (fifth.Exists, fifth.Pods.Count, fifth.IsAvailable) switch
        {
            (false, _, _) => CheckResult.NotYet($"there is no deployment \"fifth\" in the namespace {Ward}."),
            (_, 0, _) => CheckResult.NotYet("fifth has no pod, so no pod can say why. kubectl get events -n ward: who was forbidden what?"),
            (_, _, false) => CheckResult.NotYet("fifth has a pod that is not available yet. Give it a moment: cluster.RunFor(60); a controller that was refused asks again later and later."),
            _ => CheckResult.Passed("CPU, taint, selector, claim and quota: five reasons, and each was written in an event."),
        };
    }

    /// <summary>What makes the pod run without curing what it suffers from; null when nothing does.</summary>
    private static string? Cheated(Cluster cluster, Pod pod) => pod.Metadata.Name switch
    {
        "shy" when pod.Spec.NodeSelector["team"] != "higgs" => "shy has to stay on its team's node: it keeps its nodeSelector team=higgs.",
        "shy" when !cluster.Nodes().Any(n => n.Metadata.Labels["team"] == "higgs" && n.Spec.Taints.Exists(t => t.Key == "team")) =>
            "the node of team higgs has lost its taint: now everybody may go there. Put it back, and let shy tolerate it.",
        "picky" when pod.Spec.NodeSelector["disk"] != "ssd" => "picky really needs such a disk: it keeps its nodeSelector disk=ssd.",
        "thirsty" when !pod.Spec.Volumes.Exists(v => v.PersistentVolumeClaim is not null) => "thirsty needs a place for its results: it keeps its claim.",
        _ => null,
    };

    private static string Missing(Cluster cluster) => cluster.Deployment("fifth", Ward).Pods.Count > 0
        ? "Did fifth take its place? The quota counts pods; see kubectl describe quota -n ward."
        : "Delete and apply belong together.";
}
