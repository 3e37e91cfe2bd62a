using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Logging;

/// <summary>Which pod's log is meant: a pod, or one of those that an object controls.</summary>
internal static class LogTarget
{
    /// <exception cref="Failure">The object has no pods.</exception>
    public static Json Find(Session session, Arguments arguments)
    {
        var word = arguments.Words[0].Contains('/', StringComparison.Ordinal)
            ? ResourceWords.Read(session, [arguments.Words[0]])[0]
            : new ResourceWord(ResourceWords.Type(session, "pods"), arguments.Words[0]);
        Json obj = Get(session, word);
        if (word.Resource.Kind == "Pod")
        {
            return obj;
        }

        var pods = PodsOf(session, word, obj, "get the logs from");
        if (pods.Count > 1)
        {
            session.Error($"Found {pods.Count} pods, using pod/{pods[0]["metadata"]["name"].Text}\n");
        }

        return pods[0];
    }

    /// <summary>The pods that an object controls, the one to talk to first.</summary>
    /// <exception cref="Failure">The object has none, or cannot have any.</exception>
    public static List<Json> PodsOf(Session session, ResourceWord word, Json obj, string wish)
    {
        var selector = word.Resource.Kind is "Service" or "ReplicationController"
            ? string.Join(',', obj["spec"]["selector"].Fields.Select(label => $"{label.Key}={label.Value.Text}"))
            : Metadata.SelectorText(obj["spec"]["selector"]);
        if (selector.Length == 0)
        {
            throw Failure.Error($"cannot {wish} *v1.{word.Resource.Kind}: selector for *v1.{word.Resource.Kind} not implemented");
        }

        var query = new Query().With("labelSelector", selector);
        var pods = new Json(session.Api.Get($"/api/v1/namespaces/{session.Namespace}/pods{query}"))["items"].Items
            .OrderBy(pod => pod["spec"]["nodeName"].Text.Length == 0)
            .ThenBy(pod => pod["status"]["phase"].Text switch { "Running" => 0, "Unknown" => 1, "Pending" => 2, _ => 0 })
            .ThenBy(pod => Ready(pod) is null)
            .ThenBy(pod => Ready(pod) ?? DateTimeOffset.MaxValue)
            .ToList();
        if (pods.Count == 0)
        {
            throw Failure.Error("timed out waiting for the condition");
        }

        return pods;
    }

    private static JsonNode Get(Session session, ResourceWord word)
    {
        try
        {
            return Finder.Get(session, word.Resource, word.Resource.Namespaced ? session.Namespace : null, word.Name!);
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            throw Failure.Error($"error from server (NotFound): {refusal.Message} in namespace \"{session.Namespace}\"");
        }
    }

    private static DateTimeOffset? Ready(Json pod) => pod["status"]["conditions"].Items
        .FirstOrDefault(c => c["type"].Text == "Ready" && c["status"].Text == "True")["lastTransitionTime"].Time;
}
