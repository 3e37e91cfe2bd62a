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
        .Text("validate", value: "strict", bare: "strict");

    public override void Run(Session session, Arguments arguments)
    {
        if (!ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error("must specify one of -f and -k");
        }

        var result = new ResultPrinter(session, arguments);
        foreach (var info in ManifestReader.Read(session, arguments))
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
