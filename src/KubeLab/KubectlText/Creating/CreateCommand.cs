using KubeLab.KubectlText.Applying;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary><c>kubectl create -f</c>.</summary>
internal sealed class CreateCommand : Command
{
    public override string Name => "create";

    public override string Summary => "Create a resource from a file or from stdin.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Text("selector", 'l').Bool("save-config")
        .Text("field-manager", value: "kubectl-create").Text("validate", value: "strict", bare: "strict");

    public override void Run(Session session, Arguments arguments)
    {
        if (!ManifestReader.IsAsked(arguments))
        {
            throw arguments.Words.Count > 0
                ? Misused($"Unexpected args: [{string.Join(' ', arguments.Words)}]")
                : Failure.Error("must specify one of -f and -k");
        }

        var result = new ResultPrinter(session, arguments);
        var infos = ManifestReader.Read(session, arguments);
        if (infos.Count == 0 && session.Failures.Count == 0)
        {
            throw Failure.Error("no objects passed to create");
        }

        foreach (var info in infos)
        {
            session.Try(() => Create(session, arguments, result, info));
        }
    }

    private static void Create(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        var body = arguments.Bool("save-config") ? LastApplied.In(info.Object) : info.Object;
        if (!result.IsClientDryRun)
        {
            try
            {
                info.Object = session.Api.Post(info.Resource.Path(info.Namespace) + WriteQuery.Of(arguments, result), body);
            }
            catch (StatusException refusal)
            {
                throw refusal.While("creating", info.Source);
            }
        }

        // A name may have been generated.
        result.Print(Printing.ObjectFormat.NameOf(info.Object), info.Object, "created");
    }
}
