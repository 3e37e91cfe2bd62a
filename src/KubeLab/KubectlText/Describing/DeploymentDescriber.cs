using System.Text.Json.Nodes;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Rolling;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a Deployment and its ReplicaSets.</summary>
internal sealed class DeploymentDescriber : IDescriber
{
    public string Kind => "Deployment.apps";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json deployment = info.Object;
        var (metadata, spec, status) = (deployment["metadata"], deployment["spec"], deployment["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Field("CreationTimestamp", Description.Date(metadata["creationTimestamp"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Selector", Metadata.SelectorText(spec["selector"]));
        text.Field("Replicas", $"{spec["replicas"].Or("0")} desired | {status["updatedReplicas"].Or("0")} updated | {status["replicas"].Or("0")} total | "
            + $"{status["availableReplicas"].Or("0")} available | {status["unavailableReplicas"].Or("0")} unavailable");
        text.Field("StrategyType", spec["strategy"]["type"].Text).Field("MinReadySeconds", spec["minReadySeconds"].Or("0"));
        if (spec["strategy"]["rollingUpdate"] is { Exists: true } rolling)
        {
            text.Field("RollingUpdateStrategy", $"{rolling["maxUnavailable"].Or("0")} max unavailable, {rolling["maxSurge"].Or("0")} max surge");
        }

        text.PodTemplate(spec["template"]);
        text.ReasonedConditions(status["conditions"]);
        ReplicaSets(session, deployment, text);
        text.Events(showEvents ? EventLines.Fetch(session, deployment) : null);
    }

    private static void ReplicaSets(Session session, Json deployment, Description text)
    {
        // The oldest comes first, as upstream sorts them; those of one second by name.
        var all = Revisions.ReplicaSetsOf(session, deployment)
            .OrderBy(rs => rs["metadata"]["creationTimestamp"].Time).ThenBy(rs => rs["metadata"]["name"].Text, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var template = deployment["spec"]["template"];
        var current = all.FirstOrDefault(rs => JsonNode.DeepEquals(Revisions.TemplateOf(rs), template.Node));
        text.Field("OldReplicaSets", ListOf(all.Where(rs => rs.Node != current.Node)));
        text.Field("NewReplicaSet", ListOf(current.Exists ? [current] : []));
    }

    private static string ListOf(IEnumerable<Json> replicaSets)
    {
        var text = string.Join(", ", replicaSets.Select(rs =>
            $"{rs["metadata"]["name"].Text} ({rs["status"]["replicas"].Or("0")}/{rs["spec"]["replicas"].Or("0")} replicas created)"));
        return text.Length > 0 ? text : "<none>";
    }
}
