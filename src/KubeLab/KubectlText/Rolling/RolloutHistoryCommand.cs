using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary><c>kubectl rollout history</c>.</summary>
internal sealed class RolloutHistoryCommand : Command
{
    private const string ChangeCause = "kubernetes.io/change-cause";

    public override string Name => "rollout history";

    public override string Summary => "View rollout history.";

    public override Flags Flags => new Flags().Files().Selector().Output().Int("revision");

    public override void Run(Session session, Arguments arguments)
    {
        foreach (var info in RolloutTarget.Find(session, arguments))
        {
            RolloutTarget.Demand(info, "history", deploymentOnly: false);
            var revisions = info.Resource.Kind == "Deployment" ? Revisions.Of(session, info.Object) : TemplateHistory.Of(session, info.Object);
            var revision = arguments.Int("revision");
            if (ObjectFormat.Of(arguments) is { } format)
            {
                var shown = revision > 0 ? Find(revisions, revision) : revisions.Values.LastOrDefault();
                session.Out(shown.Node is { } set ? format.Print(Finder.Typed(set, info.Resource)) : "");
                continue;
            }

            session.Out(revision > 0
                ? $"{info.Title} with revision #{revision}\n{Template(Find(revisions, revision), session)}\n"
                : $"{info.Title} \n{List(revisions)}\n");
        }
    }

    private static Json Find(SortedDictionary<long, Json> revisions, long revision) =>
        revisions.TryGetValue(revision, out var set) ? set : throw Failure.Error("unable to find the specified revision");

    private static string List(SortedDictionary<long, Json> revisions)
    {
        if (revisions.Count == 0)
        {
            return "No rollout history found.";
        }

        var writer = TabWriter.ForDescriptions();
        writer.Write("REVISION\tCHANGE-CAUSE\n");
        foreach (var (revision, set) in revisions)
        {
            writer.Write($"{revision}\t{set["metadata"]["annotations"][ChangeCause].Or("<none>")}\n");
        }

        return writer.Take();
    }

    private static string Template(Json set, Session session)
    {
        var text = new Description(session.Host.Now);
        text.PodTemplate((set["data"].Exists ? set["data"] : set)["spec"]["template"]);
        return text.Raw;
    }
}
