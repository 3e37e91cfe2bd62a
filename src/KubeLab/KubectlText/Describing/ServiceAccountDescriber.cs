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
        var secrets = Secrets(session, info.Namespace);
        Names(text, "Image pull secrets", account["imagePullSecrets"], secrets);
        Names(text, "Mountable secrets", account["secrets"], secrets);
        text.Field("Tokens", "<none>");
        text.Events(showEvents ? EventLines.Fetch(session, account) : null);
    }

    private static HashSet<string> Secrets(Session session, string? ns)
    {
        try
        {
            return [.. new Json(session.Api.Get($"/api/v1/namespaces/{ns}/secrets{new Query().With("limit", 500)}"))["items"].Items.Select(s => s["metadata"]["name"].Text)];
        }
        catch (StatusException)
        {
            return [];
        }
    }

    private static void Names(Description text, string title, Json list, HashSet<string> secrets)
    {
        var names = list.Items.Select(item => item["name"].Text).Select(name => secrets.Contains(name) ? name : $"{name} (not found)").ToList();
        text.Field(title, names.Count == 0 ? "<none>" : names[0]);
        foreach (var name in names.Skip(1))
        {
            text.Line(0, $"\t{name}");
        }
    }
}
