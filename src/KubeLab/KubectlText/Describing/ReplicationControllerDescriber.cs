using System.Text.Json.Nodes;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a ReplicationController and counts its pods.</summary>
internal sealed class ReplicationControllerDescriber : IDescriber
{
    public string Kind => "ReplicationController";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json controller = info.Object;
        var (metadata, spec, status) = (controller["metadata"], controller["spec"], controller["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text).Field("Selector", TablePrinter.Labels(spec["selector"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Replicas", $"{status["replicas"].Or("0")} current / {spec["replicas"].Or("0")} desired");

        // Its selector is a plain map of labels.
        var selector = new JsonObject { ["matchLabels"] = spec["selector"].Node?.DeepClone() };
        text.Field("Pods Status", PodTemplateLines.PodCounts(session, new JsonObject { ["metadata"] = metadata.Node!.DeepClone(), ["spec"] = new JsonObject { ["selector"] = selector } }));
        text.PodTemplate(spec["template"]);
        text.ReasonedConditions(status["conditions"]);
        text.Events(showEvents ? EventLines.Fetch(session, controller) : null);
    }
}
