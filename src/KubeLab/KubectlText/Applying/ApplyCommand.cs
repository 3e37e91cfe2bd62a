using System.Text.Json.Nodes;
using KubeLab.Api.Patching;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Applying;

/// <summary><c>kubectl apply</c>: makes objects what the files say, and leaves alone what others added.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/">Declarative management</seealso>
internal sealed class ApplyCommand : Command
{
    private const int Attempts = 5;

    // Upstream's words, line by line as kubectl breaks them.
    private const string ConflictAdvice =
        "Please review the fields above--they currently have other managers. Here\n"
        + "are the ways you can resolve this warning:\n"
        + "* If you intend to manage all of these fields, please re-run the apply\n"
        + "  command with the `--force-conflicts` flag.\n"
        + "* If you do not intend to manage all of the fields, please edit your\n"
        + "  manifest to remove references to the fields that should keep their\n"
        + "  current managers.\n"
        + "* You may co-own fields by updating your manifest to match the existing\n"
        + "  value; in this case, you'll become the manager if the other manager(s)\n"
        + "  stop managing the field (remove it from their configuration).\n"
        + "See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts";

    private static readonly string[] Refused = ["prune", "force"];

    public override string Name => "apply";

    public override string Summary => "Apply a configuration to a resource by file name or stdin.";

    public override Flags Flags => new Flags().Files().Output().DryRun().Text("selector", 'l').Bool("server-side").Bool("force-conflicts")
        .Text("field-manager", value: "kubectl-client-side-apply").Text("validate", value: "strict", bare: "strict").Bool("overwrite", value: true)
        .Bool("prune").Bool("force").Bool("all").Bool("wait").Int("grace-period", value: -1).Duration("timeout");

    public override void Run(Session session, Arguments arguments)
    {
        if (!ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error("must specify one of -f and -k");
        }

        if (Refused.FirstOrDefault(arguments.Bool) is { } refused)
        {
            throw Failure.Error($"--{refused} is not offered here; delete what should go with kubectl delete, then apply again");
        }

        var result = new ResultPrinter(session, arguments);
        var infos = ManifestReader.Read(session, arguments);
        if (infos.Count == 0 && session.Failures.Count == 0)
        {
            throw Failure.Error("no objects passed to apply");
        }

        foreach (var info in infos.Where(info => Selects(arguments, info)))
        {
            session.Try(() => Apply(session, arguments, result, info));
        }
    }

    private static bool Selects(Arguments arguments, Info info) => arguments.Text("selector").Length == 0
        || Api.Selecting.Selector.Parse(arguments.Text("selector")).Matches(
            Api.StringMap.From(new Json(info.Object)["metadata"]["labels"].Fields.Select(label => KeyValuePair.Create(label.Key, label.Value.Text))));

    private static void Apply(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        var query = WriteQuery.Of(arguments, result, arguments.Bool("server-side") && !arguments.Has("field-manager") ? "kubectl" : null);
        if (arguments.Bool("server-side"))
        {
            query.With("force", arguments.Bool("force-conflicts") ? "true" : "false");
            try
            {
                info.Object = session.Api.Patch(info.Path + query, MediaTypes.ApplyPatch, GoJson.Compact(info.Object));
            }
            catch (StatusException refusal) when (refusal.IsConflict)
            {
                throw Failure.Error($"{refusal.Message}\n{ConflictAdvice}");
            }

            result.Print(info, "serverside-applied");
            return;
        }

        if (new Json(info.Object)["metadata"]["name"].Text.Length == 0)
        {
            throw Failure.Error($"error when retrieving current configuration of:\n{Describe(info)}\nfrom server for: \"{info.Source}\": resource name may not be empty");
        }

        var modified = LastApplied.In(info.Object);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Update(session, result, info, modified, query);
                return;
            }
            catch (StatusException refusal) when (refusal.IsConflict && attempt < Attempts)
            {
                // Somebody else was faster; the object is read again.
            }
        }
    }

    private static void Update(Session session, ResultPrinter result, Info info, JsonNode modified, Query query)
    {
        if (Live(session, info) is not { } live)
        {
            info.Object = modified;
            if (!result.IsClientDryRun)
            {
                info.Object = Naming(info, () => session.Api.Post(info.Resource.Path(info.Namespace) + query, modified), "creating");
            }

            result.Print(info, "created");
            return;
        }

        if (LastApplied.Of(live) is not { } original)
        {
            session.Error($"Warning: resource {info.Resource.Plural}/{info.Name} is missing the {LastApplied.Annotation} annotation which is required by "
                + "kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or "
                + "kubectl apply. The missing annotation will be patched automatically.\n");
            original = null;
        }

        var style = MergeStyle.Of(info.Resource);
        var patch = ThreeWay(style, original, modified, live, info);
        if (patch is JsonObject { Count: 0 })
        {
            info.Object = live;
            result.Print(info, "unchanged");
            return;
        }

        info.Object = result.IsClientDryRun
            ? live
            : Naming(info, () => session.Api.Patch(info.Path + query, style.ContentType, GoJson.Compact(patch)),
                $"applying patch:\n{GoJson.Compact(patch)}\nto:\n{Describe(info)}\nfor:");
        result.Print(info, "configured");
    }

    private static JsonNode ThreeWay(MergeStyle style, JsonNode? original, JsonNode modified, JsonNode live, Info info)
    {
        try
        {
            return style.ThreeWay(original, modified, live);
        }
        catch (PatchException wrong)
        {
            throw Failure.Error($"error when applying patch:\nfor: \"{info.Source}\": {wrong.Message}");
        }
    }

    private static JsonNode? Live(Session session, Info info)
    {
        try
        {
            return Finder.Get(session, info.Resource, info.Namespace, info.Name);
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
        catch (StatusException refusal)
        {
            throw refusal.While($"retrieving current configuration of:\n{Describe(info)}\nfrom server for:", info.Source);
        }
    }

    private static JsonNode Naming(Info info, Func<JsonNode> send, string verb = "")
    {
        try
        {
            return send();
        }
        catch (StatusException refusal) when (verb.Length > 0)
        {
            throw refusal.While(verb, info.Source);
        }
    }

    private static string Describe(Info info)
    {
        var version = info.Resource.ApiVersion;
        return $"Resource: \"{version}, Resource={info.Resource.Plural}\", GroupVersionKind: \"{version}, Kind={info.Resource.Kind}\"\n"
            + $"Name: \"{info.Name}\", Namespace: \"{info.Namespace}\"";
    }
}
