using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Waiting;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Deleting;

/// <summary><c>kubectl delete</c>; it waits until the objects are gone, in the cluster's time.</summary>
internal sealed class DeleteCommand : Command
{
    /// <summary>How long it waits when no time is given.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public override string Name => "delete";

    public override string Summary => "Delete resources by file names, stdin, resources and names, or by resources and label selector.";

    public override Flags Flags => new Flags().Files().Text("output", 'o').DryRun().Selector().Bool("all").Bool("all-namespaces", 'A')
        .Text("cascade", value: "background", bare: "background").Int("grace-period", value: -1).Bool("force").Bool("now").Bool("wait", value: true)
        .Bool("ignore-not-found").Duration("timeout").Bool("interactive", 'i');

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Bool("all") && (arguments.Text("selector").Length > 0 || arguments.Text("field-selector").Length > 0))
        {
            throw Failure.Error("setting 'all' parameter but found a non empty selector. ");
        }

        if (arguments.Bool("all") && arguments.Words is [_, _, ..])
        {
            throw Failure.Error("name cannot be provided when a selector is specified");
        }

        var (grace, cascade) = (GraceOf(arguments, session), CascadeOf(arguments));
        var result = new ResultPrinter(session, arguments);
        var finder = new Finder(session, arguments)
        {
            TakesAll = arguments.Bool("all"),
            IgnoresNotFound = arguments.Bool("ignore-not-found") || arguments.Bool("all"),
        };
        var infos = finder.Find(arguments.Words);
        if (infos.Count == 0 && session.Failures.Count == 0)
        {
            session.Out(arguments.Bool("ignore-not-found") && !arguments.Has("selector") ? "" : "No resources found\n");
            return;
        }

        var gone = new List<Info>();
        foreach (var info in infos)
        {
            session.Try(() => Delete(session, arguments, result, info, grace, cascade, gone));
        }

        if (arguments.Bool("wait") && result.DryRun == "none")
        {
            Wait(session, arguments, gone);
        }
    }

    private static long GraceOf(Arguments arguments, Session session)
    {
        var grace = arguments.Int("grace-period");
        if (arguments.Bool("now"))
        {
            if (grace != -1)
            {
                throw Failure.Error("--now and --grace-period cannot be specified together");
            }

            return 1;
        }

        if (arguments.Bool("force"))
        {
            if (grace > 0)
            {
                throw Failure.Error("--force and --grace-period greater than 0 cannot be specified together");
            }

            session.Error("Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. "
                + "The resource may continue to run on the cluster indefinitely.\n");
            return 0;
        }

        // Without --force nothing is taken from the store at once: 0 becomes 1.
        return grace == 0 ? 1 : grace;
    }

    private static string CascadeOf(Arguments arguments) => arguments.Text("cascade") switch
    {
        "background" or "true" => "Background",
        "foreground" => "Foreground",
        "orphan" or "false" => "Orphan",
        var other => throw Failure.Error($"invalid cascade value ({other}). Must be \"background\", \"foreground\", or \"orphan\""),
    };

    private static void Delete(Session session, Arguments arguments, ResultPrinter result, Info info, long grace, string cascade, List<Info> gone)
    {
        var options = new JsonObject { ["propagationPolicy"] = cascade };
        if (grace >= 0)
        {
            options["gracePeriodSeconds"] = grace;
        }

        if (result.DryRun == "server")
        {
            options["dryRun"] = new JsonArray("All");
        }

        if (!result.IsClientDryRun)
        {
            try
            {
                session.Api.Delete(info.Path, options);
            }
            catch (StatusException refusal) when (refusal.IsNotFound && arguments.Bool("ignore-not-found"))
            {
                return;
            }

            gone.Add(info);
        }

        var operation = grace == 0 ? "force deleted" : "deleted";
        session.Out(arguments.Text("output") == "name" ? $"{info.Title}\n" : $"{Info.KindName(info.Resource)} \"{info.Name}\" {operation}{result.Suffix}\n");
    }

    private static void Wait(Session session, Arguments arguments, List<Info> gone)
    {
        var limit = arguments.Duration("timeout") is var asked && asked > TimeSpan.Zero ? asked : Limit;
        var until = session.Host.Now + limit;
        foreach (var info in gone)
        {
            var uid = new Json(info.Object)["metadata"]["uid"].Text;
            if (session.Api.Find(info.Resource, info.Namespace, info.Name) is not { } left || new Json(left)["metadata"]["uid"].Text != uid)
            {
                continue;
            }

            // An object of the same name may follow; it is another one.
            var isGone = ObjectWatch.Until(session, info, until - session.Host.Now, obj => !obj.Exists || obj["metadata"]["uid"].Text != uid);
            if (!isGone)
            {
                throw Failure.Error($"timed out waiting for the condition on {info.Resource.Plural}/{info.Name}");
            }
        }
    }
}
