using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.Api.Patching;
using KubeLab.Api.Yaml;
using KubeLab.KubectlText.Applying;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Diffing;

/// <summary><c>kubectl diff</c>: what <c>apply</c> would change; the server says so in a dry run.</summary>
/// <remarks>The exit code is 0 without a difference, 1 with one, and 2 when something went wrong. The folders that kubectl names are not there: nothing is written.</remarks>
internal sealed class DiffCommand : Command
{
    private const int Trouble = 2;

    public override string Name => "diff";

    public override string Summary => "Diff the live version against a would-be applied version.";

    public override Flags Flags => new Flags().Files().Text("selector", 'l').Bool("server-side").Bool("force-conflicts").Bool("show-managed-fields")
        .Text("field-manager", value: "kubectl-client-side-apply").Bool("prune").Array("prune-allowlist").Int("concurrency", value: 1);

    public override void Run(Session session, Arguments arguments)
    {
        try
        {
            if (!Compare(session, arguments))
            {
                throw new Failure("");
            }
        }
        catch (StatusException refusal)
        {
            throw new Failure(ErrorText.Of([refusal]), Trouble);
        }
        catch (Failure failure) when (failure.Message.Length > 0)
        {
            throw new Failure(failure.Message, Trouble);
        }
    }

    /// <summary>Prints the differences; tells whether there are none.</summary>
    private static bool Compare(Session session, Arguments arguments)
    {
        if (!ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error("must specify one of -f and -k");
        }

        if (arguments.Bool("prune"))
        {
            throw Failure.Error("--prune is not offered here");
        }

        var infos = ManifestReader.Read(session, arguments);
        if (session.TakeFailures() is { Count: > 0 } failures)
        {
            throw new Failure(ErrorText.Of(failures));
        }

        var isSame = true;
        var pairs = infos.Select(info => (Name: FileName(info), Pair: Pair(session, arguments, info))).ToList();
        foreach (var (name, (live, merged)) in pairs.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            // A secret that is not there yet is compared as the word for nothing, as kubectl does it.
            var before = live is null && name.StartsWith("v1.Secret.", StringComparison.Ordinal) ? "null\n" : Text(live, arguments);
            var hunks = UnifiedDiff.Of(before, Text(merged, arguments));
            if (hunks.Length > 0)
            {
                var time = session.Host.Now.ToString("yyyy-MM-dd HH:mm:ss.fffffff'00 +0000'", CultureInfo.InvariantCulture);
                session.Out($"diff -u -N /tmp/LIVE-0/{name} /tmp/MERGED-0/{name}\n--- /tmp/LIVE-0/{name}\t{time}\n+++ /tmp/MERGED-0/{name}\t{time}\n{hunks}");
                isSame = false;
            }
        }

        return isSame;
    }

    private static (JsonNode? Live, JsonNode Merged) Pair(Session session, Arguments arguments, Info info)
    {
        var live = session.Api.Find(info.Resource, info.Namespace, info.Name);
        var merged = Merged(session, arguments, info, live);
        if (info.Resource.QualifiedName == "secrets")
        {
            (live, merged) = (live?.DeepClone(), merged.DeepClone());
            SecretMask.Apply(live, merged);
        }

        return (live, merged);
    }

    private static JsonNode Merged(Session session, Arguments arguments, Info info, JsonNode? live)
    {
        var isServerSide = arguments.Bool("server-side");
        var manager = isServerSide && !arguments.Has("field-manager") ? "kubectl" : arguments.Text("field-manager");
        var query = new Query().With("dryRun", "All").With("fieldManager", manager);
        if (isServerSide)
        {
            query.With("force", arguments.Bool("force-conflicts") ? "true" : "false");
            return session.Api.Patch(info.Path + query, MediaTypes.ApplyPatch, GoJson.Compact(info.Object));
        }

        if (live is null)
        {
            return session.Api.Post(info.Resource.Path(info.Namespace) + query, info.Object);
        }

        var style = MergeStyle.Of(info.Resource);
        JsonNode patch;
        try
        {
            patch = style.ThreeWay(LastApplied.Of(live), WithAnnotations(info.Object), live);
        }
        catch (PatchException wrong)
        {
            throw Failure.Error(wrong.Message);
        }

        return patch is JsonObject { Count: 0 } ? live : session.Api.Patch(info.Path + query, style.ContentType, GoJson.Compact(patch));
    }

    // An empty map is what apply would have written down, and what is not there would be taken away.
    private static JsonNode WithAnnotations(JsonNode configuration)
    {
        var copy = configuration.DeepClone();
        if (copy["metadata"] is JsonObject metadata)
        {
            metadata["annotations"] ??= new JsonObject();
        }

        return copy;
    }

    private static string FileName(Info info)
    {
        var resource = info.Resource;
        var group = resource.Group.Length > 0 ? $"{resource.Group}." : "";
        return $"{group}{resource.Version}.{resource.Kind}.{info.Namespace}.{info.Name}";
    }

    private static string Text(JsonNode? obj, Arguments arguments)
    {
        if (obj is null)
        {
            return "";
        }

        var copy = obj.DeepClone();
        if (!arguments.Bool("show-managed-fields"))
        {
            (copy["metadata"] as JsonObject)?.Remove("managedFields");
        }

        return Yaml.Write(copy);
    }
}
