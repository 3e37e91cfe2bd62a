using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a ResourceQuota.</summary>
internal sealed class QuotaDescriber : IDescriber
{
    private static readonly Dictionary<string, string> Explanations = new(StringComparer.Ordinal)
    {
        ["Terminating"] = "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
        ["NotTerminating"] = "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
        ["BestEffort"] = "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
        ["NotBestEffort"] = "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
    };

    public string Kind => "ResourceQuota";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json quota = info.Object;
        text.Field("Name", info.Name).Field("Namespace", quota["metadata"]["namespace"].Text);
        var scopes = quota["spec"]["scopes"].Items.Select(s => s.Text).Order(StringComparer.Ordinal).ToList();
        if (scopes.Count > 0)
        {
            text.Field("Scopes", string.Join(", ", scopes));
            foreach (var scope in scopes.Where(Explanations.ContainsKey))
            {
                text.Line(0, $" * {Explanations[scope]}");
            }
        }

        text.Line(0, "Resource\tUsed\tHard").Line(0, "--------\t----\t----");
        foreach (var (name, hard) in Metadata.Quantities(quota["status"]["hard"]))
        {
            text.Line(0, $"{name}\t{quota["status"]["used"][name].Or("0")}\t{hard}");
        }
    }
}
