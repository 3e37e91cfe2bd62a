using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a PodDisruptionBudget.</summary>
internal sealed class BudgetDescriber : IDescriber
{
    public string Kind => "PodDisruptionBudget.policy";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json budget = info.Object;
        var (spec, status) = (budget["spec"], budget["status"]);
        text.Field("Name", info.Name).Field("Namespace", budget["metadata"]["namespace"].Text);
        if (spec["minAvailable"].Exists)
        {
            text.Field("Min available", spec["minAvailable"].Text);
        }
        else
        {
            text.FieldIfAny("Max unavailable", spec["maxUnavailable"].Text);
        }

        text.Field("Selector", spec["selector"].Exists ? Chosen(spec["selector"]) : "<unset>");
        text.Line(0, "Status:");
        text.Field("Allowed disruptions", status["disruptionsAllowed"].Or("0"), 2).Field("Current", status["currentHealthy"].Or("0"), 2);
        text.Field("Desired", status["desiredHealthy"].Or("0"), 2).Field("Total", status["expectedPods"].Or("0"), 2);
        text.Events(showEvents ? EventLines.Fetch(session, budget) : null);
    }

    private static string Chosen(Json selector) => Metadata.SelectorText(selector) is { Length: > 0 } written ? written : "<none>";
}
