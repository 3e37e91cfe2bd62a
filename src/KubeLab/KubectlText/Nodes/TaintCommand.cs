using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Nodes;

/// <summary><c>kubectl taint</c>.</summary>
internal sealed class TaintCommand : Command
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public override string Name => "taint";

    public override string Summary => "Update the taints on one or more nodes.";

    public override Flags Flags => new Flags().Output().DryRun().Text("selector", 'l').Bool("all").Bool("overwrite")
        .Text("field-manager", value: "kubectl-taint").Text("validate", value: "strict", bare: "strict");

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        var updates = arguments.Words.Where(IsUpdate).ToList();
        var words = arguments.Words.Where(word => !IsUpdate(word)).ToList();
        if (words.Count == 0)
        {
            throw Failure.Error("one or more resources must be specified as <resource> <name>");
        }

        if (updates.Count == 0)
        {
            throw Failure.Error("at least one taint update is required");
        }

        var (added, removed) = (updates.Where(u => !u.EndsWith('-')).Select(u => Read(u, isAdded: true)).ToList(), updates.Where(u => u.EndsWith('-')).Select(u => Read(u[..^1], isAdded: false)).ToList());
        foreach (var info in new Finder(session, arguments) { TakesAll = arguments.Bool("all") }.Find(words))
        {
            session.Try(() => Taint(session, arguments, result, info, added, removed));
        }
    }

    private static void Taint(Session session, Arguments arguments, ResultPrinter result, Info info, List<TaintSpec> added, List<TaintSpec> removed)
    {
        var old = new Json(info.Object)["spec"]["taints"].Items.ToList();
        var taken = added.Where(a => old.Exists(o => a.IsSameAs(o))).ToList();
        if (taken.Count > 0 && !arguments.Bool("overwrite"))
        {
            throw Failure.Error($"node {info.Name} already has {string.Join(',', taken.Select(t => t.Key))} taint(s) with same effect(s) and --overwrite is false");
        }

        var kept = old.Where(o => !added.Exists(a => a.IsSameAs(o)) && !removed.Exists(r => r.Removes(o))).ToList();
        if (removed.FirstOrDefault(r => !old.Exists(r.Removes)) is { Key: not null } missing)
        {
            throw Failure.Error($"taint \"{missing}\" not found");
        }

        var operation = added.Count == 0 ? "untainted" : removed.Count > 0 || taken.Count > 0 ? "modified" : "tainted";
        var taints = new JsonArray([.. added.Select(JsonNode? (a) => a.ToJson()), .. kept.Select(k => k.Node?.DeepClone())]);
        if (!result.IsClientDryRun)
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["taints"] = taints.Count > 0 ? taints : null } };
            var query = Applying.WriteQuery.Of(arguments, result);
            info.Object = session.Api.Patch(info.Path + query, MergeStyle.Of(info.Resource).ContentType, GoJson.Compact(patch));
        }

        result.Print(info, operation);
    }

    private static bool IsUpdate(string word) => word.Contains('=', StringComparison.Ordinal) || word.Contains(':', StringComparison.Ordinal) || word.EndsWith('-');

    private TaintSpec Read(string text, bool isAdded)
    {
        var colon = text.Split(':');
        var pair = colon[0].Split('=', 2);
        var effect = colon.Length > 1 ? colon[1] : "";
        if (colon.Length > 2 || (effect.Length > 0 && !Effects.Contains(effect)))
        {
            throw Misused($"invalid taint effect: {effect}, unsupported taint effect");
        }

        if (isAdded && colon.Length == 1)
        {
            throw Misused($"invalid taint spec: {text}, name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }

        return new(pair[0], pair.Length > 1 ? pair[1] : "", effect);
    }

    private readonly record struct TaintSpec(string Key, string Value, string Effect)
    {
        public bool IsSameAs(Json taint) => taint["key"].Text == Key && taint["effect"].Text == Effect;

        public bool Removes(Json taint) => taint["key"].Text == Key && (Effect.Length == 0 || taint["effect"].Text == Effect);

        public JsonObject ToJson()
        {
            var taint = new JsonObject { ["effect"] = Effect, ["key"] = Key };
            if (Value.Length > 0)
            {
                taint["value"] = Value;
            }

            return taint;
        }

        public override string ToString() => Effect.Length > 0 ? $"{Key}:{Effect}" : Key;
    }
}
