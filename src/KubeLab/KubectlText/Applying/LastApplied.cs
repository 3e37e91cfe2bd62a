using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Applying;

/// <summary>The configuration that was applied last; <c>apply</c> keeps it in an annotation, so that it can tell what was taken out of a file.</summary>
internal static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Reads it from a live object; null when it is not there.</summary>
    public static JsonNode? Of(JsonNode live)
    {
        var text = new Json(live)["metadata"]["annotations"][Annotation].Text;
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy of a configuration that carries itself in the annotation.</summary>
    public static JsonNode In(JsonNode configuration)
    {
        var copy = configuration.DeepClone();
        var metadata = copy["metadata"] as JsonObject ?? (JsonObject)(copy["metadata"] = new JsonObject());
        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations.Remove(Annotation);
        annotations[Annotation] = GoJson.Compact(copy) + "\n";
        return copy;
    }
}
