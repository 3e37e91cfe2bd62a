using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a volume, where it can be reached from and what is behind it.</summary>
internal sealed class PersistentVolumeDescriber : IDescriber
{
    public string Kind => "PersistentVolume";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json volume = info.Object;
        var (metadata, spec) = (volume["metadata"], volume["spec"]);
        text.Field("Name", info.Name);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Finalizers", VolumeLines.List(metadata["finalizers"])).Field("StorageClass", VolumeLines.ClassOf(volume));
        text.Field("Status", VolumeLines.Status(text, volume));
        text.Field("Claim", spec["claimRef"] is { Exists: true } claim ? $"{claim["namespace"].Text}/{claim["name"].Text}" : "");
        text.Field("Reclaim Policy", spec["persistentVolumeReclaimPolicy"].Text).Field("Access Modes", VolumeLines.Modes(spec["accessModes"]));
        text.FieldIfAny("VolumeMode", spec["volumeMode"].Text);
        text.Field("Capacity", spec["capacity"]["storage"].Or("0"));
        NodeAffinity(text, spec["nodeAffinity"]["required"]);
        text.Field("Message", volume["status"]["message"].Text).Line(0, "Source:");
        VolumeLines.Source(text, spec);
        text.Events(showEvents ? EventLines.Fetch(session, volume) : null);
    }

    private static void NodeAffinity(Description text, Json required)
    {
        if (!required.Exists)
        {
            text.Line(0, "Node Affinity:\t<none>");
            return;
        }

        text.Line(0, "Node Affinity:\t");
        var terms = required["nodeSelectorTerms"];
        text.Line(1, terms.Count == 0 ? "Required Terms:\t<none>" : "Required Terms:\t");
        var number = 0;
        foreach (var term in terms.Items)
        {
            var lines = term["matchExpressions"].Items.Select(Expression).DefaultIfEmpty("<none>").ToList();
            text.Line(2, $"Term {number++}:\t{lines[0]}");
            foreach (var line in lines.Skip(1))
            {
                text.Line(2, $"\t{line}");
            }
        }
    }

    private static string Expression(Json line)
    {
        var start = $"{line["key"].Text} {line["operator"].Text.ToLowerInvariant()}";
        return line["values"].Count == 0 ? start : $"{start} [{string.Join(", ", line["values"].Items.Select(v => v.Text))}]";
    }
}
