using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary>The revisions of a Deployment: the templates that its ReplicaSets keep.</summary>
internal static class Revisions
{
    public const string Annotation = "deployment.kubernetes.io/revision";
    public const string HashLabel = "pod-template-hash";

    /// <summary>The ReplicaSets that a Deployment controls.</summary>
    public static List<Json> ReplicaSetsOf(Session session, Json deployment)
    {
        var metadata = deployment["metadata"];
        var query = new Query().With("labelSelector", Metadata.SelectorText(deployment["spec"]["selector"]));
        return [.. new Json(session.Api.Get($"/apis/apps/v1/namespaces/{metadata["namespace"].Text}/replicasets{query}"))["items"].Items
            .Where(rs => Metadata.OwnerOf(rs)["uid"].Text == metadata["uid"].Text)];
    }

    /// <summary>The revisions in order, with the ReplicaSet of each.</summary>
    public static SortedDictionary<long, Json> Of(Session session, Json deployment)
    {
        var revisions = new SortedDictionary<long, Json>();
        foreach (var set in ReplicaSetsOf(session, deployment))
        {
            if (long.TryParse(set["metadata"]["annotations"][Annotation].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            {
                revisions[revision] = set;
            }
        }

        return revisions;
    }

    /// <summary>The template of a ReplicaSet as the Deployment had it, without the label that only tells ReplicaSets apart.</summary>
    public static JsonNode TemplateOf(Json replicaSet)
    {
        var template = replicaSet["spec"]["template"].Node?.DeepClone() ?? new JsonObject();
        (template["metadata"]?["labels"] as JsonObject)?.Remove(HashLabel);
        return template;
    }
}
