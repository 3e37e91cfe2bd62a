namespace KubeLab.KubectlText.CommandLine;

/// <summary>The options that a command takes, the global ones among them.</summary>
internal sealed class Flags
{
    private readonly List<Flag> flags = [];

    public Flags()
    {
        Text("namespace", 'n').Text("context").Text("cluster").Text("user").Text("server", 's').Text("kubeconfig").Text("token").Text("as").Array("as-group").Text("as-uid");
        Text("request-timeout", value: "0").Int("v", 'v', 0).Bool("warnings-as-errors").Bool("insecure-skip-tls-verify").Bool("help", 'h');
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Flag> All => flags;

    public Flags Text(string name, char? shorthand = null, string value = "", string? bare = null) => Add(new(name, shorthand, FlagKind.Text, value, bare));

    public Flags Bool(string name, char? shorthand = null, bool value = false) => Add(new(name, shorthand, FlagKind.Bool, value ? "true" : "false", "true"));

    public Flags List(string name, char? shorthand = null) => Add(new(name, shorthand, FlagKind.List, "", null));

    public Flags Array(string name, char? shorthand = null) => Add(new(name, shorthand, FlagKind.Array, "", null));

    public Flags Int(string name, char? shorthand = null, long value = 0) =>
        Add(new(name, shorthand, FlagKind.Int, value.ToString(System.Globalization.CultureInfo.InvariantCulture), null));

    public Flags Duration(string name, string value = "0s") => Add(new(name, null, FlagKind.Duration, value, null));

    /// <summary>Where objects come from: <c>-f</c>.</summary>
    public Flags Files() => List("filename", 'f').Bool("recursive", 'R').Text("kustomize", 'k');

    /// <summary>How results are printed, for commands that usually say one line per object.</summary>
    public Flags Output() => Text("output", 'o').Text("template").Bool("allow-missing-template-keys", value: true).Bool("show-managed-fields");

    /// <summary>Which objects: by labels and by fields.</summary>
    public Flags Selector() => Text("selector", 'l').Text("field-selector");

    public Flags DryRun() => Text("dry-run", value: "none", bare: "unchanged");

    public Flag? Named(string name) => flags.Find(flag => flag.Name == name);

    public Flag? Lettered(char letter) => flags.Find(flag => flag.Shorthand == letter);

    private Flags Add(Flag flag)
    {
        flags.Add(flag);
        return this;
    }
}
