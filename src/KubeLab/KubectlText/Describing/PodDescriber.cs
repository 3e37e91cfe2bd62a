using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a pod.</summary>
internal sealed class PodDescriber : IDescriber
{
    public string Kind => "Pod";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json pod = info.Object;
        var (metadata, spec, status) = (pod["metadata"], pod["spec"], pod["status"]);
        text.Field("Name", metadata["name"].Text).Field("Namespace", metadata["namespace"].Text);
        text.FieldIfAny("Priority", spec["priority"].Text).FieldIfAny("Priority Class Name", spec["priorityClassName"].Text);
        text.FieldIfAny("Runtime Class Name", spec["runtimeClassName"].Text).FieldIfAny("Service Account", spec["serviceAccountName"].Text);
        text.Field("Node", spec["nodeName"].Text.Length == 0 ? "<none>" : $"{spec["nodeName"].Text}/{status["hostIP"].Text}");
        if (status["startTime"].Exists)
        {
            text.Field("Start Time", Description.Date(status["startTime"]));
        }

        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        State(text, metadata, status);
        text.FieldIfAny("SeccompProfile", spec["securityContext"]["seccompProfile"]["type"].Text);
        Addresses(text, status);
        text.Controller(pod);
        text.FieldIfAny("NominatedNodeName", status["nominatedNodeName"].Text);
        if (spec["initContainers"].Count > 0)
        {
            text.Containers("Init Containers", spec["initContainers"], status["initContainerStatuses"], pod);
        }

        text.Containers("Containers", spec["containers"], status["containerStatuses"], pod);
        if (spec["ephemeralContainers"].Count > 0)
        {
            text.Containers("Ephemeral Containers", spec["ephemeralContainers"], status["ephemeralContainerStatuses"], pod);
        }

        Conditions(text, spec, status);
        text.Volumes(spec["volumes"]);
        text.Field("QoS Class", status["qosClass"].Text);
        text.Labels("Node-Selectors", spec["nodeSelector"]);
        text.Tolerations("Tolerations", spec["tolerations"]);
        text.TopologySpread(spec["topologySpreadConstraints"]);
        text.Events(showEvents ? EventLines.Fetch(session, pod, withKind: false, uid: pod["metadata"]["annotations"]["kubernetes.io/config.mirror"] is { Exists: true } mirrored ? mirrored.Text : null) : null);
    }

    private static void State(Description text, Json metadata, Json status)
    {
        var phase = status["phase"].Text;
        if (metadata["deletionTimestamp"].Exists && phase is not ("Failed" or "Succeeded"))
        {
            text.Field("Status", $"Terminating (lasts {text.Since(metadata["deletionTimestamp"])})");
            text.Field("Termination Grace Period", $"{metadata["deletionGracePeriodSeconds"].Or("0")}s");
        }
        else
        {
            text.Field("Status", phase);
        }

        text.FieldIfAny("Reason", status["reason"].Text).FieldIfAny("Message", status["message"].Text);
    }

    private static void Addresses(Description text, Json status)
    {
        text.Field("IP", status["podIP"].Text);
        text.Line(0, status["podIPs"].Count == 0 ? "IPs:\t<none>" : "IPs:");
        foreach (var address in status["podIPs"].Items)
        {
            text.Field("IP", address["ip"].Text, 1);
        }
    }

    private static void Conditions(Description text, Json spec, Json status)
    {
        if (spec["readinessGates"].Count > 0)
        {
            text.Line(0, "Readiness Gates:\n  Type\tStatus");
            foreach (var gate in spec["readinessGates"].Items)
            {
                var met = status["conditions"].Items.FirstOrDefault(c => c["type"].Text == gate["conditionType"].Text);
                text.Line(1, $"{gate["conditionType"].Text} \t{met["status"].Or("<none>")} ");
            }
        }

        if (status["conditions"].Count > 0)
        {
            text.Line(0, "Conditions:\n  Type\tStatus");
            foreach (var condition in status["conditions"].Items)
            {
                text.Line(1, $"{condition["type"].Text} \t{condition["status"].Text} ");
            }
        }
    }
}
