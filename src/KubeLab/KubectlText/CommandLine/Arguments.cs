using System.Globalization;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>A command's words and options, as the line gave them.</summary>
/// <remarks>The rules are those of Go's pflag: options may stand anywhere, <c>--</c> ends them, letters may be put together.</remarks>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> given = new(StringComparer.Ordinal);
    private readonly Flags flags;
    private readonly string path;

    private Arguments(Flags flags, string path)
    {
        this.flags = flags;
        this.path = path;
    }

    /// <summary>What is not an option, before <c>--</c>.</summary>
    public List<string> Words { get; } = [];

    /// <summary>What comes after <c>--</c>; null when there was none.</summary>
    public List<string>? AfterDash { get; private set; }

    /// <summary>Reads the words that follow the command's name.</summary>
    /// <exception cref="Failure">An option is unknown, lacks its value, or has one that cannot be read.</exception>
    public static Arguments Parse(Flags flags, string path, IReadOnlyList<string> words)
    {
        var arguments = new Arguments(flags, path);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                arguments.AfterDash = [.. words.Skip(i + 1)];
                break;
            }

            i += word.StartsWith("--", StringComparison.Ordinal) ? arguments.Long(word[2..], words, i)
                : word.Length > 1 && word[0] == '-' ? arguments.Short(word[1..], words, i)
                : arguments.Word(word);
        }

        return arguments;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>The option's value, the last one when it was given more than once.</summary>
    public string Text(string name) => given.TryGetValue(name, out var values) ? values[^1] : flags.Named(name)?.Default ?? "";

    public bool Bool(string name) => Flag.IsTrue(Text(name));

    public long Int(string name) => long.Parse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public TimeSpan Duration(string name) => GoDuration.Parse(Text(name)) ?? TimeSpan.Zero;

    /// <summary>All values of an option that takes several.</summary>
    public IReadOnlyList<string> List(string name)
    {
        if (!given.TryGetValue(name, out var values))
        {
            return [];
        }

        return flags.Named(name)!.Kind == FlagKind.List ? [.. values.SelectMany(value => value.Split(','))] : values;
    }

    private int Word(string word)
    {
        Words.Add(word);
        return 0;
    }

    private int Long(string text, IReadOnlyList<string> words, int at)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var flag = flags.Named(name) ?? throw Usage($"unknown flag: --{name}");
        if (equals >= 0)
        {
            Set(flag, text[(equals + 1)..]);
            return 0;
        }

        if (flag.Bare is { } bare)
        {
            Set(flag, bare);
            return 0;
        }

        Set(flag, at + 1 < words.Count ? words[at + 1] : throw Usage($"flag needs an argument: --{name}"));
        return 1;
    }

    private int Short(string letters, IReadOnlyList<string> words, int at)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            var flag = flags.Lettered(letters[i]) ?? throw Usage($"unknown shorthand flag: '{letters[i]}' in -{letters[i..]}");
            var rest = letters[(i + 1)..];
            if (rest.StartsWith('='))
            {
                Set(flag, rest[1..]);
                return 0;
            }

            if (flag.Bare is { } bare)
            {
                Set(flag, bare);
                continue;
            }

            if (rest.Length > 0)
            {
                Set(flag, rest);
                return 0;
            }

            Set(flag, at + 1 < words.Count ? words[at + 1] : throw Usage($"flag needs an argument: '{letters[i]}' in -{letters[i..]}"));
            return 1;
        }

        return 0;
    }

    private void Set(Flag flag, string value)
    {
        if (flag.Refuse(value) is { } reason)
        {
            throw Usage($"invalid argument \"{value}\" for \"{flag.Names}\" flag: {reason}");
        }

        if (!given.TryGetValue(flag.Name, out var values))
        {
            given[flag.Name] = values = [];
        }

        values.Add(value);
    }

    private Failure Usage(string message) => new($"error: {message}\nSee '{path} --help' for usage.");
}
