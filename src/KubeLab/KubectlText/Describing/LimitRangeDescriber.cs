using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a LimitRange.</summary>
internal sealed class LimitRangeDescriber : IDescriber
{
    private static readonly string[] Parts = ["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"];

    public string Kind => "LimitRange";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json range = info.Object;
        text.Field("Name", info.Name).Field("Namespace", range["metadata"]["namespace"].Text);
        text.Line(0, "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
        text.Line(0, "----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
        Lines(range, text, "");
    }

    /// <summary>Writes a line for each type and resource.</summary>
    public static void Lines(Json range, Description text, string indent)
    {
        foreach (var item in range["spec"]["limits"].Items)
        {
            foreach (var name in Parts.SelectMany(part => item[part].Fields.Select(field => field.Key)).Distinct().Order(StringComparer.Ordinal))
            {
                text.Line(0, $"{indent}{item["type"].Text}\t{name}\t{string.Join('\t', Parts.Select(part => item[part][name].Or("-")))}");
            }
        }
    }
}
