using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a DaemonSet and counts its nodes and pods.</summary>
internal sealed class DaemonSetDescriber : IDescriber
{
    public string Kind => "DaemonSet.apps";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json set = info.Object;
        var (metadata, spec, status) = (set["metadata"], set["spec"], set["status"]);
        var nodes = string.Join(',', spec["template"]["spec"]["nodeSelector"].Fields.Select(label => $"{label.Key}={label.Value.Text}"));
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text).Field("Selector", Metadata.SelectorText(spec["selector"]));
        text.Field("Node-Selector", nodes.Length > 0 ? nodes : "<none>");
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);

        // These lines have no columns.
        text.Line(0, $"Desired Number of Nodes Scheduled: {status["desiredNumberScheduled"].Or("0")}");
        text.Line(0, $"Current Number of Nodes Scheduled: {status["currentNumberScheduled"].Or("0")}");
        text.Line(0, $"Number of Nodes Scheduled with Up-to-date Pods: {status["updatedNumberScheduled"].Or("0")}");
        text.Line(0, $"Number of Nodes Scheduled with Available Pods: {status["numberAvailable"].Or("0")}");
        text.Line(0, $"Number of Nodes Misscheduled: {status["numberMisscheduled"].Or("0")}");
        text.Field("Pods Status", PodTemplateLines.PodCounts(session, set));
        text.PodTemplate(spec["template"]);
        text.Events(showEvents ? EventLines.Fetch(session, set) : null);
    }
}
