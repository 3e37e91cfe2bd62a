using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Setting;

/// <summary>What <c>kubectl set …</c> commands share: they change the pod template of objects and send what differs.</summary>
internal abstract class SetCommand : Command
{
    public sealed override Flags Flags => Own(new Flags().Files().Output().DryRun().Selector().Bool("all").Text("field-manager", value: "kubectl-set"));

    public override void Run(Session session, Arguments arguments)
    {
        Demand(arguments);
        Prepare(session, arguments);
        var result = new ResultPrinter(session, arguments);
        foreach (var info in new Finder(session, arguments) { TakesAll = arguments.Bool("all") }.Find(Targets(arguments)))
        {
            session.Try(() => Set(session, arguments, result, info));
        }
    }

    /// <summary>The word that is put behind what was changed, for example <c>image</c>.</summary>
    protected abstract string What { get; }

    /// <summary>Adds the command's own options.</summary>
    protected virtual Flags Own(Flags flags) => flags;

    /// <summary>Whether a word is a change, not a resource.</summary>
    protected virtual bool IsUpdate(string word) => word.Contains('=', StringComparison.Ordinal);

    /// <summary>The words that name the objects.</summary>
    protected virtual List<string> Targets(Arguments arguments) => [.. arguments.Words.Where(word => !IsUpdate(word))];

    /// <summary>Checks what must be given.</summary>
    protected virtual void Demand(Arguments arguments)
    {
    }

    /// <summary>Reads what the change needs from other objects.</summary>
    protected virtual void Prepare(Session session, Arguments arguments)
    {
    }

    /// <summary>Shows what there is, when that is asked for instead of a change.</summary>
    protected virtual bool Show(Session session, Arguments arguments, Info info, JsonObject spec) => false;

    /// <summary>Changes a pod's spec in place.</summary>
    protected abstract void Change(Arguments arguments, JsonObject spec);

    /// <summary>The containers of a spec whose name fits; <c>*</c> is all of them.</summary>
    protected static List<JsonObject> Containers(JsonObject spec, string name, params string[] fields) =>
        [.. (fields.Length > 0 ? fields : ["initContainers", "containers"])
            .SelectMany(field => (spec[field] as JsonArray ?? []).OfType<JsonObject>())
            .Where(container => name == "*" || container["name"]?.GetValue<string>() == name)];

    private void Set(Session session, Arguments arguments, ResultPrinter result, Info info)
    {
        var modified = info.Object.DeepClone();
        var spec = (info.Resource.Kind == "Pod" ? modified["spec"] : modified["spec"]?["template"]?["spec"]) as JsonObject
            ?? throw Failure.Error($"{info.Resource.Plural}/{info.Name} the object is not a pod or does not have a pod template");
        if (Show(session, arguments, info, spec))
        {
            return;
        }

        Change(arguments, spec);
        var style = MergeStyle.Of(info.Resource);
        if (style.Between(info.Object, modified) is not JsonObject { Count: > 0 } patch)
        {
            return;
        }

        info.Object = result.IsClientDryRun
            ? modified
            : session.Api.Patch(info.Path + result.Query(arguments.Text("field-manager")), style.ContentType, GoJson.Compact(patch));
        result.Print(info, $"{What} updated");
    }
}
