using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a ConfigMap with all that is in it.</summary>
internal sealed class ConfigMapDescriber : IDescriber
{
    public string Kind => "ConfigMap";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json map = info.Object;
        text.Field("Name", info.Name).Field("Namespace", map["metadata"]["namespace"].Text);
        text.Labels("Labels", map["metadata"]["labels"]);
        text.Annotations("Annotations", map["metadata"]["annotations"]);
        text.Line(0, "\nData\n====");
        foreach (var (key, value) in map["data"].Fields)
        {
            text.Line(0, $"{key}:\n----").Line(0, value.Text).Line(0, "");
        }

        text.Line(0, "\nBinaryData\n====");
        foreach (var (key, value) in map["binaryData"].Fields)
        {
            var length = Convert.FromBase64String(value.Text).Length;
            text.Line(0, $"{key}: {length} bytes");
        }

        text.Line(0, "");
        text.Events(showEvents ? EventLines.Fetch(session, map) : null);
    }
}
