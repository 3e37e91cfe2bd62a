using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a ReplicaSet and counts its pods.</summary>
internal sealed class ReplicaSetDescriber : IDescriber
{
    public string Kind => "ReplicaSet.apps";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json set = info.Object;
        var (metadata, spec, status) = (set["metadata"], set["spec"], set["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text).Field("Selector", Metadata.SelectorText(spec["selector"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Controller(set);
        text.Field("Replicas", $"{status["replicas"].Or("0")} current / {spec["replicas"].Or("0")} desired");
        text.Field("Pods Status", PodTemplateLines.PodCounts(session, set));
        text.PodTemplate(spec["template"]);
        text.ReasonedConditions(status["conditions"]);
        text.Events(showEvents ? EventLines.Fetch(session, set) : null);
    }
}
