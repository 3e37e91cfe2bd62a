using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>The parts of descriptions that all kinds share: labels, annotations, owners, selectors.</summary>
internal static class Metadata
{
    private const int LongestAnnotation = 140;
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Writes labels, one in each line.</summary>
    public static void Labels(this Description text, string title, Json labels)
    {
        text.Write(0, $"{title}:\t");
        Lines(text, [.. labels.Fields.Select(label => $"{label.Key}={label.Value.Text}")]);
    }

    /// <summary>Writes annotations; long ones are cut, and the one that <c>apply</c> keeps is left out.</summary>
    public static void Annotations(this Description text, string title, Json annotations)
    {
        text.Write(0, $"{title}:\t");
        var shown = annotations.Fields.Where(annotation => annotation.Key != LastApplied).ToList();
        if (shown.Count == 0)
        {
            text.Line(0, "<none>");
            return;
        }

        for (var i = 0; i < shown.Count; i++)
        {
            text.Write(0, i == 0 ? "" : "\t");
            var (key, value) = (shown[i].Key, shown[i].Value.Text);
            value = value.EndsWith('\n') ? value[..^1] : value;
            if (value.Length + key.Length + 2 <= LongestAnnotation && !value.Contains('\n', StringComparison.Ordinal))
            {
                text.Line(0, $"{key}: {value}");
                continue;
            }

            text.Line(0, $"{key}:");
            foreach (var line in value.Split('\n'))
            {
                text.Line(0, $"\t  {(line.Length > LongestAnnotation - 2 ? line[..(LongestAnnotation - 2)] + "..." : line)}");
            }
        }
    }

    /// <summary>Writes tolerations, one in each line.</summary>
    public static void Tolerations(this Description text, string title, Json tolerations)
    {
        text.Write(0, $"{title}:\t");
        Lines(text, [.. tolerations.Items.OrderBy(t => t["key"].Text, StringComparer.Ordinal).Select(TolerationText)]);
    }

    /// <summary>Writes taints, one in each line.</summary>
    public static void Taints(this Description text, string title, Json taints)
    {
        text.Write(0, $"{title}:\t");
        Lines(text, [.. taints.Items.OrderBy(t => $"{t["effect"].Text},{t["key"].Text}", StringComparer.Ordinal).Select(TaintText)]);
    }

    /// <summary>Writes who controls the object, when somebody does.</summary>
    public static void Controller(this Description text, Json obj) => text.FieldIfAny("Controlled By", ControllerOf(obj));

    /// <summary>The controller as <c>ReplicaSet/web-1</c>; empty when there is none.</summary>
    public static string ControllerOf(Json obj)
    {
        var owner = OwnerOf(obj);
        return owner.Exists ? $"{owner["kind"].Text}/{owner["name"].Text}" : "";
    }

    /// <summary>The reference to the controller.</summary>
    public static Json OwnerOf(Json obj) => obj["metadata"]["ownerReferences"].Items.FirstOrDefault(owner => owner["controller"].IsTrue);

    /// <summary>A label selector in one line: <c>app=web,tier in (a,b)</c>.</summary>
    public static string SelectorText(Json selector)
    {
        var lines = selector["matchLabels"].Fields.Select(label => $"{label.Key}={label.Value.Text}").Concat(
            selector["matchExpressions"].Items.Select(ExpressionText));
        return string.Join(',', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Resources with their quantities in canonical form, in order of their names.</summary>
    public static IEnumerable<(string Name, string Quantity)> Quantities(Json resources) => resources.Fields.Select(resource =>
        (resource.Key, Quantity.TryParse(resource.Value.Text, out var quantity) ? quantity.ToString() : resource.Value.Text));

    private static string ExpressionText(Json expression)
    {
        var (key, values) = (expression["key"].Text, string.Join(',', expression["values"].Items.Select(v => v.Text).Order(StringComparer.Ordinal)));
        return expression["operator"].Text switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "Exists" => key,
            _ => $"!{key}",
        };
    }

    private static string TolerationText(Json toleration)
    {
        var (key, value, effect) = (toleration["key"].Text, toleration["value"].Text, toleration["effect"].Text);
        var text = key + (value.Length > 0 ? $"={value}" : "") + (effect.Length > 0 ? $":{effect}" : "");
        if (toleration["operator"].Text == "Exists" && value.Length == 0)
        {
            text += text.Length > 0 ? " op=Exists" : "op=Exists";
        }

        return toleration["tolerationSeconds"].Exists ? $"{text} for {toleration["tolerationSeconds"].Text}s" : text;
    }

    private static string TaintText(Json taint)
    {
        var (key, value, effect) = (taint["key"].Text, taint["value"].Text, taint["effect"].Text);
        return effect.Length == 0 ? $"{key}={value}" : value.Length == 0 ? $"{key}:{effect}" : $"{key}={value}:{effect}";
    }

    private static void Lines(Description text, List<string> lines)
    {
        if (lines.Count == 0)
        {
            text.Line(0, "<none>");
            return;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            text.Line(0, i == 0 ? lines[i] : $"\t{lines[i]}");
        }
    }
}
