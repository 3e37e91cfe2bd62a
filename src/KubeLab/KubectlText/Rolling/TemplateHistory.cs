using System.Text.Json.Nodes;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary>The templates that a StatefulSet or a DaemonSet has had: its ControllerRevisions.</summary>
internal static class TemplateHistory
{
    /// <summary>The revisions in order.</summary>
    public static SortedDictionary<long, Json> Of(Session session, Json owner)
    {
        var metadata = owner["metadata"];
        var query = new Query().With("labelSelector", Metadata.SelectorText(owner["spec"]["selector"]));
        var revisions = new SortedDictionary<long, Json>();
        foreach (var revision in new Json(session.Api.Get($"/apis/apps/v1/namespaces/{metadata["namespace"].Text}/controllerrevisions{query}"))["items"].Items)
        {
            if (Metadata.OwnerOf(revision)["uid"].Text == metadata["uid"].Text)
            {
                revisions[revision["revision"].Int] = revision;
            }
        }

        return revisions;
    }

    /// <summary>Whether the owner has the template of <paramref name="revision"/> already.</summary>
    public static bool IsTemplateOf(Json revision, Json owner) =>
        JsonNode.DeepEquals(Plain(revision["data"]["spec"]["template"]), Plain(owner["spec"]["template"]));

    private static JsonObject Plain(Json template)
    {
        var plain = template.Node?.DeepClone() as JsonObject ?? [];
        plain.Remove("$patch");
        (plain["metadata"] as JsonObject)?.Remove("creationTimestamp");
        return plain;
    }
}
