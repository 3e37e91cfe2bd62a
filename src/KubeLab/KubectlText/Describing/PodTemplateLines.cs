using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>The template from which a controller makes pods, and what else controllers' descriptions share.</summary>
internal static class PodTemplateLines
{
    /// <summary>Writes a pod template.</summary>
    public static void PodTemplate(this Description text, Json template)
    {
        text.Line(0, "Pod Template:");
        var spec = template["spec"];
        text.Labels("  Labels", template["metadata"]["labels"]);
        if (template["metadata"]["annotations"].Count > 0)
        {
            text.Annotations("  Annotations", template["metadata"]["annotations"]);
        }

        text.FieldIfAny("Service Account", spec["serviceAccountName"].Text, 1);
        if (spec["initContainers"].Count > 0)
        {
            text.Containers("Init Containers", spec["initContainers"], default, default, "  ");
        }

        text.Containers("Containers", spec["containers"], default, default, "  ");
        text.Volumes(spec["volumes"], "  ");
        text.TopologySpread(spec["topologySpreadConstraints"], "  ");
        text.FieldIfAny("Priority Class Name", spec["priorityClassName"].Text, 1);
        text.Labels("  Node-Selectors", spec["nodeSelector"]);
        text.Tolerations("  Tolerations", spec["tolerations"]);
    }

    /// <summary>Writes topology spread constraints, when there are some.</summary>
    public static void TopologySpread(this Description text, Json constraints, string indent = "")
    {
        var isFirst = true;
        foreach (var constraint in constraints.Items.OrderBy(c => c["topologyKey"].Text, StringComparer.Ordinal))
        {
            text.Write(0, isFirst ? $"{indent}Topology Spread Constraints:\t" : $"{indent}\t");
            isFirst = false;
            text.Line(0, $"{constraint["topologyKey"].Text}:{constraint["whenUnsatisfiable"].Text} when max skew {constraint["maxSkew"].Text} is exceeded"
                + (constraint["labelSelector"].Exists ? $" for selector {Metadata.SelectorText(constraint["labelSelector"])}" : ""));
        }
    }

    /// <summary>Writes a controller's conditions with their reasons.</summary>
    public static void ReasonedConditions(this Description text, Json conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        text.Line(0, "Conditions:\n  Type\tStatus\tReason").Line(1, "----\t------\t------");
        foreach (var condition in conditions.Items)
        {
            text.Line(1, $"{condition["type"].Text} \t{condition["status"].Text}\t{condition["reason"].Text}");
        }
    }

    /// <summary>Counts the pods of a controller by phase: <c>2 Running / 0 Waiting / 0 Succeeded / 0 Failed</c>.</summary>
    public static string PodCounts(Session session, Json controller)
    {
        var metadata = controller["metadata"];
        var query = new Query().With("labelSelector", Metadata.SelectorText(controller["spec"]["selector"])).With("limit", 500);
        var pods = new Json(session.Api.Get($"/api/v1/namespaces/{metadata["namespace"].Text}/pods{query}"))["items"].Items
            .Where(pod => Metadata.OwnerOf(pod)["uid"].Text == metadata["uid"].Text)
            .Select(pod => pod["status"]["phase"].Text)
            .ToList();
        int Count(string phase) => pods.Count(p => p == phase);
        return $"{Count("Running")} Running / {Count("Pending")} Waiting / {Count("Succeeded")} Succeeded / {Count("Failed")} Failed";
    }
}
