using System.Text.Json.Nodes;
using KubeLab.KubectlText.Applying;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl replace -f</c>.</summary>
internal sealed class ReplaceCommand : Command
{
    public override string Name => "replace";

    public override string Summary => "Replace a resource by file name or stdin.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Bool("save-config").Text("field-manager", value: "kubectl-replace")
        .Text("validate", value: "strict", bare: "strict").Bool("force").Text("cascade", value: "background", bare: "background").Int("grace-period", value: -1)
        .Duration("timeout").Bool("wait");

    public override void Run(Session session, Arguments arguments)
    {
        if (!ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error("must specify one of -f and -k");
        }

        var result = new ResultPrinter(session, arguments);
        var infos = ManifestReader.Read(session, arguments);
        if (arguments.Bool("force"))
        {
            ForceReplace(session, arguments, result, infos);
            return;
        }

        foreach (var info in infos)
        {
            session.Try(() =>
            {
                try
                {
                    Replace(session, arguments, result, info);
                }
                catch (StatusException refusal)
                {
                    throw refusal.While("replacing", info.Source);
                }
            });
        }
    }

    /// <summary>Deletes what is there, waits until it is gone, and makes it anew.</summary>
    private static void ForceReplace(Session session, Arguments arguments, ResultPrinter result, List<Info> infos)
    {
        if (result.DryRun != "none")
        {
            throw Failure.Error("--dry-run can not be used when --force is set");
        }

        var (going, body) = (new List<Info>(), new JsonObject { ["propagationPolicy"] = "Background" });
        if (arguments.Int("grace-period") is >= 0 and var grace)
        {
            body.Insert(0, "gracePeriodSeconds", grace);
        }

        foreach (var info in infos.Where(info => session.Api.Find(info.Resource, info.Namespace, info.Name) is not null))
        {
            session.Api.Delete(info.Path, body);
            session.Out($"{Info.KindName(info.Resource)} \"{info.Name}\" deleted\n");
            going.Add(info);
        }

        var limit = arguments.Duration("timeout") is { Ticks: > 0 } given ? given : Deleting.DeleteCommand.Limit;
        session.Host.Wait(() => going.TrueForAll(info => session.Api.Find(info.Resource, info.Namespace, info.Name) is null), limit);
        foreach (var info in infos)
        {
            session.Try(() =>
            {
                var made = arguments.Bool("save-config") ? LastApplied.In(info.Object) : info.Object;
                info.Object = session.Api.Post(info.Resource.Path(info.Namespace) + WriteQuery.Of(arguments, result), made);
                result.Print(info, "replaced");
            });
        }
    }

    private static void Replace(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        var metadata = info.Object["metadata"]!;
        if (metadata["resourceVersion"] is null)
        {
            var live = Finder.Get(session, info.Resource, info.Namespace, info.Name);
            metadata["resourceVersion"] = new Json(live)["metadata"]["resourceVersion"].Text;
        }

        if (!result.IsClientDryRun)
        {
            var body = arguments.Bool("save-config") ? LastApplied.In(info.Object) : info.Object;
            info.Object = session.Api.Put(info.Path + WriteQuery.Of(arguments, result), body);
        }

        result.Print(info, "replaced");
    }
}
