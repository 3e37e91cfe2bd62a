using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>A container's environment variables, and where they come from.</summary>
internal static class EnvironmentLines
{
    public static void Write(Description text, Json container, Json pod)
    {
        if (container["envFrom"].Count > 0)
        {
            text.Line(2, "Environment Variables from:");
            foreach (var from in container["envFrom"].Items)
            {
                Source(text, from);
            }
        }

        text.Line(2, container["env"].Count == 0 ? "Environment:\t<none>" : "Environment:");
        foreach (var variable in container["env"].Items)
        {
            Variable(text, variable, container, pod);
        }
    }

    private static void Source(Description text, Json from)
    {
        var isConfigMap = from["configMapRef"].Exists;
        var reference = isConfigMap ? from["configMapRef"] : from["secretRef"];
        var prefix = from["prefix"].Text;
        text.Line(3, $"{reference["name"].Text}\t{(isConfigMap ? "ConfigMap" : "Secret")}{(prefix.Length > 0 ? $" with prefix '{prefix}'" : "")}"
            + $"\tOptional: {Optional(reference)}");
    }

    private static void Variable(Description text, Json variable, Json container, Json pod)
    {
        var (name, from) = (variable["name"].Text, variable["valueFrom"]);
        if (!from.Exists)
        {
            var lines = variable["value"].Text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                text.Line(3, i == 0 ? $"{name}:\t{lines[i]}" : $"\t{lines[i]}");
            }
        }
        else if (from["fieldRef"] is { Exists: true } field)
        {
            text.Field(name, $"{FieldOf(pod, field["fieldPath"].Text)} ({field["apiVersion"].Text}:{field["fieldPath"].Text})", 3);
        }
        else if (from["resourceFieldRef"] is { Exists: true } resource)
        {
            text.Field(name, $"{ResourceOf(container, resource)} ({resource["resource"].Text})", 3);
        }
        else if (from["secretKeyRef"] is { Exists: true } secret)
        {
            text.Field(name, $"<set to the key '{secret["key"].Text}' in secret '{secret["name"].Text}'>\tOptional: {Optional(secret)}", 3);
        }
        else if (from["configMapKeyRef"] is { Exists: true } map)
        {
            text.Field(name, $"<set to the key '{map["key"].Text}' of config map '{map["name"].Text}'>\tOptional: {Optional(map)}", 3);
        }
    }

    private static string Optional(Json reference) => reference["optional"].IsTrue ? "true" : "false";

    private static string FieldOf(Json pod, string path)
    {
        var bracket = path.IndexOf("['", StringComparison.Ordinal);
        if (bracket > 0 && path.EndsWith("']", StringComparison.Ordinal))
        {
            return path[..bracket].Split('.').Aggregate(pod, (place, step) => place[step])[path[(bracket + 2)..^2]].Text;
        }

        return path.Split('.').Aggregate(pod, (place, step) => place[step]).Text;
    }

    private static string ResourceOf(Json container, Json reference)
    {
        var resource = reference["resource"].Text;
        var parts = resource.Split('.', 2);
        if (parts.Length != 2)
        {
            return "";
        }

        if (!Quantity.TryParse(container["resources"][parts[0]][parts[1]].Or("0"), out var quantity))
        {
            return "";
        }

        if (quantity.IsZero)
        {
            return resource is "limits.cpu" or "limits.memory" ? "node allocatable" : "0";
        }

        // Rounded up to whole divisors, as the variable in the container is.
        var divisor = Quantity.TryParse(reference["divisor"].Or("1"), out var asked) && !asked.IsZero ? asked : Quantity.FromValue(1);
        return parts[1] == "cpu"
            ? Ceiling(quantity.MilliValue, divisor.MilliValue)
            : Ceiling(quantity.Value, divisor.Value);
    }

    private static string Ceiling(long amount, long divisor) =>
        ((amount + divisor - 1) / divisor).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
