using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a namespace with its quotas and limits.</summary>
internal sealed class NamespaceDescriber : IDescriber
{
    public string Kind => "Namespace";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json ns = info.Object;
        text.Field("Name", info.Name);
        text.Labels("Labels", ns["metadata"]["labels"]);
        text.Annotations("Annotations", ns["metadata"]["annotations"]);
        text.Field("Status", ns["status"]["phase"].Text);
        if (ns["status"]["conditions"].Count > 0)
        {
            text.Line(0, "Conditions:").Line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
            text.Line(1, "----\t------\t------------------\t------\t-------");
            foreach (var c in ns["status"]["conditions"].Items)
            {
                text.Line(1, $"{c["type"].Text}\t{c["status"].Text}\t{Description.Date(c["lastTransitionTime"])}\t{c["reason"].Text}\t{c["message"].Text}");
            }
        }

        Quotas(session, info.Name, text);
        Limits(session, info.Name, text);
    }

    private static void Quotas(Session session, string ns, Description text)
    {
        if (Items(session, ns, "resourcequotas") is not { } quotas)
        {
            return;
        }

        text.Line(0, "");
        text.Line(0, quotas.Count == 0 ? "No resource quota." : "Resource Quotas");
        foreach (var quota in quotas)
        {
            text.Field("Name", quota["metadata"]["name"].Text, 1).Line(1, "Resource\tUsed\tHard").Line(1, "--------\t---\t---");
            foreach (var (name, hard) in Metadata.Quantities(quota["status"]["hard"]))
            {
                text.Line(1, $"{name}\t{quota["status"]["used"][name].Or("0")}\t{hard}");
            }
        }
    }

    private static void Limits(Session session, string ns, Description text)
    {
        if (Items(session, ns, "limitranges") is not { } ranges)
        {
            return;
        }

        text.Line(0, "");
        if (ranges.Count == 0)
        {
            text.Line(0, "No LimitRange resource.");
            return;
        }

        text.Line(0, "Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
        text.Line(0, " ----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
        foreach (var range in ranges)
        {
            LimitRangeDescriber.Lines(range, text, " ");
        }
    }

    /// <summary>The objects of a kind; null when the server does not know the kind.</summary>
    private static List<Json>? Items(Session session, string ns, string plural)
    {
        try
        {
            return [.. new Json(session.Api.Get($"/api/v1/namespaces/{ns}/{plural}?limit=500"))["items"].Items];
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }
}
