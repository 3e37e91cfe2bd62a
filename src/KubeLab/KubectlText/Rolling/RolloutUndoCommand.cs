using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary><c>kubectl rollout undo</c>: puts the template of an earlier revision back.</summary>
internal sealed class RolloutUndoCommand : Command
{
    /// <summary>Annotations that belong to the Deployment as it is, whichever template it has.</summary>
    private static readonly string[] Kept =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revisions.Annotation, "deployment.kubernetes.io/revision-history",
        "deployment.kubernetes.io/desired-replicas", "deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
    ];

    public override string Name => "rollout undo";

    public override string Summary => "Undo a previous rollout.";

    public override Flags Flags => new Flags().Files().Selector().Output().DryRun().Int("to-revision");

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        foreach (var info in RolloutTarget.Find(session, arguments))
        {
            RolloutTarget.Demand(info, "rollback", deploymentOnly: false);
            session.Try(() => result.Print(info, info.Resource.Kind == "Deployment"
                ? Undo(session, result, info, arguments.Int("to-revision"))
                : UndoSet(session, result, info, arguments.Int("to-revision"))));
        }
    }

    private static string Undo(Session session, ResultPrinter result, Info info, long toRevision)
    {
        Json deployment = info.Object;
        var revisions = Revisions.Of(session, deployment);
        var (revision, target) = Target(revisions, toRevision, info.Name);
        if (result.IsClientDryRun)
        {
            var text = new Description(session.Host.Now);
            text.PodTemplate(target["spec"]["template"]);
            return text.Raw;
        }

        if (deployment["spec"]["paused"].IsTrue)
        {
            throw Failure.Error("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
        }

        var template = Revisions.TemplateOf(target);
        if (JsonNode.DeepEquals(template, deployment["spec"]["template"].Node))
        {
            return $"skipped rollback (current template already matches revision {revision})";
        }

        session.Api.Patch(info.Path + result.Query(null), MediaTypes.JsonPatch, GoJson.Compact(Patch(deployment, target, template)));
        return "rolled back";
    }

    /// <summary>A controller revision holds the patch that puts its template back.</summary>
    private static string UndoSet(Session session, ResultPrinter result, Info info, long toRevision)
    {
        var history = TemplateHistory.Of(session, info.Object);
        if (toRevision == 0 && history.Count <= 1)
        {
            throw Failure.Error("no last revision to roll back to");
        }

        var target = toRevision == 0 ? history.Values.ElementAt(history.Count - 2)
            : history.TryGetValue(toRevision, out var found) ? found
            : throw Failure.Error($"unable to find specified revision {toRevision} in history");
        if (result.IsClientDryRun)
        {
            var text = new Description(session.Host.Now);
            text.PodTemplate(target["data"]["spec"]["template"]);
            return text.Raw;
        }

        if (TemplateHistory.IsTemplateOf(target, info.Object))
        {
            return $"skipped rollback (current template already matches revision {toRevision})";
        }

        session.Api.Patch(info.Path + result.Query(null), MediaTypes.StrategicMergePatch, GoJson.Compact(target["data"].Node));
        return "rolled back";
    }

    private static (long Revision, Json Set) Target(SortedDictionary<long, Json> revisions, long toRevision, string name)
    {
        if (toRevision > 0)
        {
            return revisions.TryGetValue(toRevision, out var found)
                ? (toRevision, found)
                : throw Failure.Error($"unable to find specified revision {toRevision} in history");
        }

        return revisions.Count > 1
            ? revisions.Reverse().Select(pair => (pair.Key, pair.Value)).ElementAt(1)
            : throw Failure.Error($"no rollout history found for deployment \"{name}\"");
    }

    private static JsonArray Patch(Json deployment, Json target, JsonNode template)
    {
        var annotations = new JsonObject();
        foreach (var (key, value) in deployment["metadata"]["annotations"].Fields.Where(a => Kept.Contains(a.Key)))
        {
            annotations[key] = value.Text;
        }

        foreach (var (key, value) in target["metadata"]["annotations"].Fields.Where(a => !Kept.Contains(a.Key)))
        {
            annotations[key] = value.Text;
        }

        return
        [
            new JsonObject { ["op"] = "replace", ["path"] = "/spec/template", ["value"] = template },
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/annotations", ["value"] = annotations },
        ];
    }
}
