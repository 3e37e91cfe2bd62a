using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a CSINode: the storage drivers of a node, and how many volumes each can attach.</summary>
internal sealed class CSINodeDescriber : IDescriber
{
    public string Kind => "CSINode.storage.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json node = info.Object;
        var metadata = node["metadata"];
        text.Field("Name", info.Name);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("CreationTimestamp", Description.Date(metadata["creationTimestamp"])).Line(0, "Spec:");
        var drivers = node["spec"]["drivers"];
        if (drivers.Exists)
        {
            text.Line(1, "Drivers:");
        }

        foreach (var driver in drivers.Items)
        {
            text.Line(2, $"{driver["name"].Text}:").Field("Node ID", driver["nodeID"].Text, 3);
            if (driver["allocatable"]["count"] is { Exists: true } count)
            {
                text.Line(3, "Allocatables:").Field("Count", count.Text, 4);
            }

            if (driver["topologyKeys"] is { Exists: true } keys)
            {
                text.Field("Topology Keys", $"[{string.Join(' ', keys.Items.Select(k => k.Text))}]", 3);
            }
        }

        text.Events(showEvents ? EventLines.Fetch(session, node) : null);
    }
}
