using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a StatefulSet, counts its pods and lists the claims that each of them gets.</summary>
internal sealed class StatefulSetDescriber : IDescriber
{
    public string Kind => "StatefulSet.apps";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json set = info.Object;
        var (metadata, spec, status) = (set["metadata"], set["spec"], set["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Field("CreationTimestamp", Description.Date(metadata["creationTimestamp"])).Field("Selector", Metadata.SelectorText(spec["selector"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Replicas", $"{spec["replicas"].Or("0")} desired | {status["replicas"].Or("0")} total");
        text.Field("Update Strategy", spec["updateStrategy"]["type"].Text);
        if (spec["updateStrategy"]["rollingUpdate"] is { Exists: true } rolling && rolling["partition"].Exists)
        {
            text.Field("Partition", rolling["partition"].Text, 1);
            text.FieldIfAny("MaxUnavailable", rolling["maxUnavailable"].Text, 1);
        }

        text.Field("Pods Status", PodTemplateLines.PodCounts(session, set));
        text.PodTemplate(spec["template"]);
        Claims(text, spec["volumeClaimTemplates"]);
        text.Events(showEvents ? EventLines.Fetch(session, set) : null);
    }

    private static void Claims(Description text, Json templates)
    {
        text.Line(0, templates.Count == 0 ? "Volume Claims:\t<none>" : "Volume Claims:");
        foreach (var claim in templates.Items)
        {
            var (metadata, spec) = (claim["metadata"], claim["spec"]);
            text.Field("Name", metadata["name"].Text, 1).Field("StorageClass", VolumeLines.ClassOf(claim), 1);
            text.Labels("  Labels", metadata["labels"]);
            text.Annotations("  Annotations", metadata["annotations"]);
            text.Field("Capacity", spec["resources"]["requests"]["storage"].Or("<default>"), 1);
            text.Field("Access Modes", $"[{string.Join(' ', spec["accessModes"].Items.Select(m => m.Text))}]", 1);
        }
    }
}
