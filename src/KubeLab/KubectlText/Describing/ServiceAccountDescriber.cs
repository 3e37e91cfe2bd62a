using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a ServiceAccount.</summary>
internal sealed class ServiceAccountDescriber : IDescriber
{
    public string Kind => "ServiceAccount";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json account = info.Object;
        text.Field("Name", info.Name).Field("Namespace", account["metadata"]["namespace"].Text);
        text.Labels("Labels", account["metadata"]["labels"]);
        text.Annotations("Annotations", account["metadata"]["annotations"]);
        Names(text, "Image pull secrets", account["imagePullSecrets"]);
        Names(text, "Mountable secrets", account["secrets"]);
        text.Field("Tokens", "<none>");
        text.Events(showEvents ? EventLines.Fetch(session, account) : null);
    }

    private static void Names(Description text, string title, Json list)
    {
        var names = list.Items.Select(item => item["name"].Text).ToList();
        text.Field(title, names.Count == 0 ? "<none>" : names[0]);
        foreach (var name in names.Skip(1))
        {
            text.Line(0, $"\t{name}");
        }
    }
}
