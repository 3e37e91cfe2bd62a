using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Labelling;

/// <summary>What <c>label</c> and <c>annotate</c> share: words <c>key=value</c> set, words <c>key-</c> remove.</summary>
internal abstract class MarkCommand : Command
{
    public override Flags Flags => new Flags().Files().Output().DryRun().Selector().Bool("all").Bool("all-namespaces", 'A').Bool("overwrite")
        .Bool("list").Text("resource-version").Text("field-manager", value: $"kubectl-{Name}");

    /// <summary>What is set: <c>label</c> or <c>annotation</c>.</summary>
    protected abstract string What { get; }

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        var updates = arguments.Words.Where(IsUpdate).ToList();
        var words = arguments.Words.Where(word => !IsUpdate(word)).ToList();
        if (words.Count == 0 && !ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }

        if (updates.Count == 0 && !arguments.Bool("list"))
        {
            throw Failure.Error($"at least one {What} update is required");
        }

        if (updates.Where(u => u.Contains('=', StringComparison.Ordinal)).Select(u => u.Split('=')[0]).Any(key => updates.Contains($"{key}-")))
        {
            throw Failure.Error($"can not both modify and remove {(What == "label" ? "a label" : "an annotation")} in the same command");
        }

        foreach (var info in new Finder(session, arguments) { TakesAll = arguments.Bool("all") }.Find(words))
        {
            session.Try(() => Mark(session, arguments, result, info, updates));
        }
    }

    /// <summary>What is said of an object afterwards.</summary>
    /// <param name="isChanged">Whether it changed.</param>
    /// <param name="onlyRemoved">Whether marks were only taken away.</param>
    protected abstract string Operation(bool isChanged, bool onlyRemoved);

    /// <summary>Whether it is said that something to be removed is not there.</summary>
    protected virtual bool TellsMissing => true;

    /// <summary>How it is said that values would be overwritten.</summary>
    protected abstract string Overwriting(IEnumerable<(string Key, string Value)> declared);

    private static bool IsUpdate(string word) => (word.IndexOf('=', StringComparison.Ordinal) > 0) || (word.EndsWith('-') && word.Length > 1);

    private void Mark(Session session, Arguments arguments, ResultPrinter result, Info info, List<string> updates)
    {
        var field = $"{What}s";
        var marks = new Json(info.Object)["metadata"][field];
        if (arguments.Bool("list"))
        {
            session.Out(string.Concat(marks.Fields.Select(mark => $"{mark.Key}={mark.Value.Text}\n")));
            return;
        }

        var changes = new JsonObject();
        var declared = new List<(string, string)>();
        foreach (var update in updates)
        {
            var pair = update.Split('=', 2);
            if (pair.Length == 1)
            {
                Remove(session, marks, changes, update[..^1]);
            }
            else if (marks[pair[0]].Exists && !arguments.Bool("overwrite") && marks[pair[0]].Text != pair[1])
            {
                declared.Add((pair[0], marks[pair[0]].Text));
            }
            else if (marks[pair[0]].Text != pair[1] || !marks[pair[0]].Exists)
            {
                changes[pair[0]] = pair[1];
            }
        }

        if (declared.Count > 0)
        {
            throw Failure.Error(Overwriting(declared));
        }

        if (changes.Count > 0 && !result.IsClientDryRun)
        {
            var metadata = new JsonObject { [field] = changes.DeepClone() };
            if (arguments.Text("resource-version") is { Length: > 0 } version)
            {
                metadata["resourceVersion"] = version;
            }

            var patch = new JsonObject { ["metadata"] = metadata };
            info.Object = session.Api.Patch(info.Path + result.Query(arguments.Text("field-manager")), MediaTypes.MergePatch, GoJson.Compact(patch));
        }

        if (result.IsClientDryRun)
        {
            Lay(info, field, changes);
        }

        result.Print(info, Operation(changes.Count > 0, !arguments.Bool("overwrite") && changes.All(change => change.Value is null)));
    }

    private static void Lay(Info info, string field, JsonObject changes)
    {
        info.Object = info.Object.DeepClone();
        var metadata = (JsonObject)info.Object["metadata"]!;
        var marks = metadata[field] as JsonObject ?? (JsonObject)(metadata[field] = new JsonObject());
        foreach (var (key, value) in changes)
        {
            marks.Remove(key);
            if (value is not null)
            {
                marks[key] = value.DeepClone();
            }
        }
    }

    private void Remove(Session session, Json marks, JsonObject changes, string key)
    {
        if (marks[key].Exists)
        {
            changes[key] = null;
        }
        else if (TellsMissing)
        {
            session.Out($"{What} \"{key}\" not found.\n");
        }
    }
}

/// <summary><c>kubectl label</c>.</summary>
internal sealed class LabelCommand : MarkCommand
{
    public override string Name => "label";

    public override string Summary => "Update the labels on a resource.";

    protected override string What => "label";

    protected override string Operation(bool isChanged, bool onlyRemoved) => !isChanged ? "not labeled" : onlyRemoved ? "unlabeled" : "labeled";

    protected override string Overwriting(IEnumerable<(string Key, string Value)> declared) =>
        string.Join("; ", declared.Select(mark => $"'{mark.Key}' already has a value ({mark.Value}), and --overwrite is false"));
}

/// <summary><c>kubectl annotate</c>.</summary>
internal sealed class AnnotateCommand : MarkCommand
{
    public override string Name => "annotate";

    public override string Summary => "Update the annotations on a resource.";

    protected override string What => "annotation";

    protected override bool TellsMissing => false;

    protected override string Operation(bool isChanged, bool onlyRemoved) => "annotated";

    protected override string Overwriting(IEnumerable<(string Key, string Value)> declared) =>
        "--overwrite is false but found the following declared annotation(s): "
        + string.Join("; ", declared.Select(mark => $"'{mark.Key}' already has a value ({mark.Value})"));
}
