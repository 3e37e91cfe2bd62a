using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a claim, its volume and the pods that use it.</summary>
internal sealed class PersistentVolumeClaimDescriber : IDescriber
{
    public string Kind => "PersistentVolumeClaim";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json claim = info.Object;
        var (metadata, spec, status) = (claim["metadata"], claim["spec"], claim["status"]);
        var isBound = spec["volumeName"].Text.Length > 0;
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text).Field("StorageClass", VolumeLines.ClassOf(claim));
        text.Field("Status", VolumeLines.Status(text, claim)).Field("Volume", spec["volumeName"].Text);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Finalizers", VolumeLines.List(metadata["finalizers"]));
        text.Field("Capacity", isBound ? status["capacity"]["storage"].Or("0") : "");
        text.Field("Access Modes", isBound ? VolumeLines.Modes(status["accessModes"]) : "");
        text.FieldIfAny("VolumeMode", spec["volumeMode"].Text);
        UsedBy(session, claim, text);
        Conditions(text, status["conditions"]);
        text.Events(showEvents ? EventLines.Fetch(session, claim) : null);
    }

    private static void UsedBy(Session session, Json claim, Description text)
    {
        var (ns, name) = (claim["metadata"]["namespace"].Text, claim["metadata"]["name"].Text);
        var pods = new Json(session.Api.Get($"/api/v1/namespaces/{ns}/pods"))["items"].Items
            .Where(pod => pod["spec"]["volumes"].Items.Any(v => v["persistentVolumeClaim"]["claimName"].Text == name))
            .Select(pod => pod["metadata"]["name"].Text).Order(StringComparer.Ordinal).ToList();
        text.Field("Used By", pods.Count == 0 ? "<none>" : pods[0]);
        foreach (var pod in pods.Skip(1))
        {
            text.Line(0, $"\t{pod}");
        }
    }

    private static void Conditions(Description text, Json conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        text.Line(0, "Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage");
        text.Line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        foreach (var condition in conditions.Items)
        {
            text.Line(1, $"{condition["type"].Text} \t{condition["status"].Text} \t{Description.Date(condition["lastProbeTime"])} \t"
                + $"{Description.Date(condition["lastTransitionTime"])} \t{condition["reason"].Text} \t{condition["message"].Text}");
        }
    }
}
