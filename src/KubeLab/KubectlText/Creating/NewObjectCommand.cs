using System.Text.Json.Nodes;
using KubeLab.KubectlText.Applying;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary>What <c>kubectl create KIND</c> commands share: they make one object from options.</summary>
internal abstract class NewObjectCommand : Command
{
    public sealed override Flags Flags => Own(new Flags().Output().DryRun().Bool("save-config").Text("field-manager", value: "kubectl-create")
        .Text("validate", value: "strict", bare: "strict"));

    public sealed override void Run(Session session, Arguments arguments)
    {
        Demand(arguments);
        if (arguments.Words.Count != 1)
        {
            throw Misused($"exactly one NAME is required, got {arguments.Words.Count}");
        }

        var result = new ResultPrinter(session, arguments);
        var obj = Make(session, arguments, arguments.Words[0]);
        var apiVersion = obj["apiVersion"]!.GetValue<string>();
        var kind = obj["kind"]!.GetValue<string>();
        if (session.IsNamespaceGiven && kind is not ("Namespace" or "PriorityClass" or "ClusterRole" or "ClusterRoleBinding"))
        {
            Namespaced(obj, session.Namespace);
        }

        var isOwn = result.IsClientDryRun;
        if (!isOwn)
        {
            var resource = session.Discovery.OfKind(apiVersion, kind)
                ?? throw Failure.Error($"{RefusalStart}the server could not find the requested resource");
            obj = Send(session, resource, arguments.Bool("save-config") ? LastApplied.In(obj) : obj, WriteQuery.Of(arguments, result));
        }

        result.Print(Printing.ObjectFormat.NameOf(obj), obj, "created", isOwn);
    }

    /// <summary>Adds the command's own options.</summary>
    protected abstract Flags Own(Flags flags);

    /// <summary>Makes the object, its fields in upstream's order.</summary>
    protected abstract JsonNode Make(Session session, Arguments arguments, string name);

    /// <summary>Checks what must be given.</summary>
    protected virtual void Demand(Arguments arguments)
    {
    }

    /// <summary>What stands before the server's words when it refuses.</summary>
    protected virtual string RefusalStart => $"failed to create {Name["create ".Length..]}: ";

    /// <summary>Whether a refusal is told as <c>failed to create …</c>.</summary>
    protected virtual bool WrapsRefusals => true;

    /// <summary>Metadata with the labels that commands give.</summary>
    protected static JsonObject Meta(string? name, JsonObject? labels = null)
    {
        var metadata = new JsonObject();
        if (name is not null)
        {
            metadata["name"] = name;
        }

        metadata["creationTimestamp"] = null;
        if (labels is not null)
        {
            metadata["labels"] = labels;
        }

        return metadata;
    }

    private static void Namespaced(JsonNode obj, string ns)
    {
        var metadata = (JsonObject)obj["metadata"]!;
        metadata.Insert(metadata.ContainsKey("name") ? 1 : 0, "namespace", ns);
    }

    private JsonNode Send(Session session, Api.ApiResource resource, JsonNode obj, Query query)
    {
        try
        {
            return session.Api.Post(resource.Path(session.Namespace) + query, obj);
        }
        catch (StatusException refusal) when (WrapsRefusals)
        {
            throw Failure.Error($"{RefusalStart}{refusal.Message}");
        }
    }
}
