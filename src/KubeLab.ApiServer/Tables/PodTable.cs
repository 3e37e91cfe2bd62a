using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of pods.</summary>
internal sealed class PodTable : TablePrinter<Pod>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Ready", "How many of the pod's containers are ready."),
        TableColumn.Text("Status", "What the pod's containers are doing, in one word."),
        TableColumn.Text("Restarts", "How often its containers were restarted, and how long ago the last one was."),
        TableColumn.Age,
        TableColumn.Wide("IP", "The pod's address inside the cluster."),
        TableColumn.Wide("Node", "The node it is bound to."),
        TableColumn.Wide("Nominated Node", "The node on which room is being made for it."),
        TableColumn.Wide("Readiness Gates", "How many of its further conditions hold."),
    ];

    protected override IReadOnlyList<TableCell> Row(Pod obj, DateTimeOffset now)
    {
        var summary = PodSummary.Of(obj);
        return
        [
            Name(obj), string.Create(CultureInfo.InvariantCulture, $"{summary.ReadyContainers}/{summary.TotalContainers}"), summary.Status,
            summary.RestartsAt(now), Age(obj, now), OrNone(obj.Status.PodIPs.Count > 0 ? obj.Status.PodIPs[0].Ip : obj.Status.PodIP),
            OrNone(obj.Spec.NodeName), OrNone(obj.Status.NominatedNodeName), Gates(obj),
        ];
    }

    private static string Gates(Pod pod)
    {
        if (pod.Spec.ReadinessGates.IsEmpty)
        {
            return None;
        }

        var met = 0;
        foreach (var gate in pod.Spec.ReadinessGates)
        {
            met += pod.Status.Conditions.Exists(c => c.Type == gate.ConditionType && c.Status == "True") ? 1 : 0;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{met}/{pod.Spec.ReadinessGates.Count}");
    }
}
