using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a HorizontalPodAutoscaler: what it measures, and how fast it acts.</summary>
internal sealed class AutoscalerDescriber : IDescriber
{
    private const string Unknown = "<unknown>";

    public string Kind => "HorizontalPodAutoscaler.autoscaling";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json hpa = info.Object;
        var (metadata, spec, status) = (hpa["metadata"], hpa["spec"], hpa["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("CreationTimestamp", Description.Date(metadata["creationTimestamp"]));
        var target = spec["scaleTargetRef"];
        text.Field("Reference", $"{target["kind"].Text}/{target["name"].Text}").Field("Metrics", "( current / target )");
        var current = status["currentMetrics"].Items.ToList();
        var at = 0;
        foreach (var metric in spec["metrics"].Items)
        {
            text.Line(1, MetricText(metric, at < current.Count ? current[at] : default));
            at++;
        }

        text.Field("Min replicas", spec["minReplicas"].Or("<unset>")).Field("Max replicas", spec["maxReplicas"].Text);
        if (spec["behavior"].Exists)
        {
            text.Line(0, "Behavior:");
            Direction(text, "Scale Up", spec["behavior"]["scaleUp"]);
            Direction(text, "Scale Down", spec["behavior"]["scaleDown"]);
        }

        text.Field($"{target["kind"].Text} pods", $"{status["currentReplicas"].Or("0")} current / {status["desiredReplicas"].Or("0")} desired");
        Conditions(text, status["conditions"]);
        text.Events(showEvents ? EventLines.Fetch(session, hpa) : null);
    }

    private static string MetricText(Json metric, Json current)
    {
        switch (metric["type"].Text)
        {
            case "External":
                return $"\"{metric["external"]["metric"]["name"].Text}\" {Amounts(metric["external"]["target"], current["external"]["current"])}";
            case "Pods":
                return $"\"{metric["pods"]["metric"]["name"].Text}\" on pods:\t{Pair(metric["pods"]["target"], current["pods"]["current"], "averageValue")}";
            case "Object":
                var described = metric["object"]["describedObject"];
                return $"\"{metric["object"]["metric"]["name"].Text}\" on {described["kind"].Text}/{described["name"].Text} "
                    + Amounts(metric["object"]["target"], current["object"]["current"]);
            case "Resource":
                return $"resource {metric["resource"]["name"].Text} on pods{OfPods(metric["resource"]["target"], current["resource"]["current"])}";
            case "ContainerResource":
                var source = metric["containerResource"];
                return $"resource {source["name"].Text} of container \"{source["container"].Text}\" on pods{OfPods(source["target"], current["containerResource"]["current"])}";
            case var other:
                return $"<unknown metric type \"{other}\">";
        }
    }

    private static string Amounts(Json target, Json current) => target["averageValue"].Exists
        ? $"(target average value):\t{Pair(target, current, "averageValue")}"
        : $"(target value):\t{Pair(target, current, "value")}";

    private static string OfPods(Json target, Json current)
    {
        if (target["averageValue"].Exists)
        {
            return $":\t{Pair(target, current, "averageValue")}";
        }

        var now = current["averageUtilization"].Exists ? $"{current["averageUtilization"].Text}% ({current["averageValue"].Or("0")})" : Unknown;
        return $"  (as a percentage of request):\t{now} / {(target["averageUtilization"].Exists ? $"{target["averageUtilization"].Text}%" : "<auto>")}";
    }

    private static string Pair(Json target, Json current, string field) => $"{current[field].Or(Unknown)} / {target[field].Text}";

    private static void Direction(Description text, string title, Json rules)
    {
        if (!rules.Exists)
        {
            return;
        }

        text.Line(1, $"{title}:");
        if (rules["stabilizationWindowSeconds"].Exists)
        {
            text.Line(2, $"Stabilization Window: {rules["stabilizationWindowSeconds"].Text} seconds");
        }

        if (rules["policies"].Count > 0)
        {
            text.Line(2, $"Select Policy: {rules["selectPolicy"].Or("Max")}").Line(2, "Policies:");
            foreach (var policy in rules["policies"].Items)
            {
                text.Line(3, $"- Type: {policy["type"].Text}\tValue: {policy["value"].Text}\tPeriod: {policy["periodSeconds"].Text} seconds");
            }
        }
    }

    private static void Conditions(Description text, Json conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        text.Line(0, "Conditions:").Line(1, "Type\tStatus\tReason\tMessage").Line(1, "----\t------\t------\t-------");
        foreach (var condition in conditions.Items)
        {
            text.Line(1, $"{condition["type"].Text}\t{condition["status"].Text}\t{condition["reason"].Text}\t{condition["message"].Text}");
        }
    }
}
