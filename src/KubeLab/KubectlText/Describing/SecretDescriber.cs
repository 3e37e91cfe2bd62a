using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a Secret: its keys and how long their values are, never the values.</summary>
internal sealed class SecretDescriber : IDescriber
{
    public string Kind => "Secret";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json secret = info.Object;
        text.Field("Name", info.Name).Field("Namespace", secret["metadata"]["namespace"].Text);
        text.Labels("Labels", secret["metadata"]["labels"]);
        text.Annotations("Annotations", secret["metadata"]["annotations"]);
        text.Line(0, $"\nType:\t{secret["type"].Text}");
        text.Line(0, "\nData\n====");
        foreach (var (key, value) in secret["data"].Fields)
        {
            text.Field(key, $"{Convert.FromBase64String(value.Text).Length} bytes");
        }
    }
}
