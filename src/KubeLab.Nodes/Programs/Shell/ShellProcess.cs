using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>A running shell: variables, files, the time that has passed, and where output goes. Each step of its enumeration is one command.</summary>
internal sealed partial class ShellProcess(ShellWorld world, ShellFiles? filesBefore = null)
{
    /// <summary>What a command costs that does next to nothing.</summary>
    public static readonly TimeSpan CommandTime = TimeSpan.FromMilliseconds(1);

    // A command that takes longer waits for something and does not keep a core busy.
    private static readonly TimeSpan ComputesUpTo = CommandTime * 2;

    // What a pipe or a substitution may hold and do; a script that wants more would take the whole lab with it.
    private const int CaptureLettersMax = 16 << 20;
    private const int CaptureStepsMax = 100_000;

    private StringBuilder? capture;
    private string? piped;
    private StringBuilder partialLine = new();
    private int breaks;
    private bool continues;
    private bool errorsToOutput;
    private bool outputToErrors;
    private bool silent;

    /// <summary>How long it has run.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>The wall clock as this process sees it.</summary>
    public DateTimeOffset Wall => world.StartedAt + Now;

    /// <summary>Variables, the environment first.</summary>
    public Dictionary<string, string> Variables { get; } = new(world.Environment, StringComparer.Ordinal);

    /// <summary>What it finds in its container.</summary>
    public ShellWorld World => world;

    /// <summary>The files as it sees them.</summary>
    public ShellFiles Files { get; } = new(world, filesBefore);

    /// <summary>Where it is.</summary>
    public string Folder { get; set; } = world.Folder;

    /// <summary>Executables of the image beyond the usual ones.</summary>
    public IReadOnlySet<string> Tools => world.Tools;

    /// <summary>What comes for it from outside; null when nothing ever does.</summary>
    public StandardInput? Stdin { get; init; }

    /// <summary>Whether it goes on only when input comes.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The share of a core that it gets when it wants one: what computes takes longer with less.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>What it uses.</summary>
    public UsageProfile Usage { get; } = new();

    /// <summary>Receives each line written to the log.</summary>
    public Action<LogLine>? OnLine { get; set; }

    /// <summary>Receives what it writes as it is written, instead of <see cref="OnLine"/>: the text, and whether it is a complaint.</summary>
    public Action<string, bool>? OnText { get; set; }

    /// <summary>The exit code of the last command.</summary>
    public int Status { get; set; }

    /// <summary>Whether <c>exit</c> was called.</summary>
    public bool Exited { get; set; }

    /// <summary><c>set -e</c>.</summary>
    public bool ExitsOnError { get; set; }

    /// <summary>The command that <c>trap … TERM</c> set, or null.</summary>
    public string? TermHandler { get; set; }

    /// <summary>When the last background command ends: what <c>wait</c> waits for.</summary>
    public TimeSpan BackgroundEnd { get; private set; }

    /// <summary>What the running command reads.</summary>
    public string Input => piped ?? "";

    /// <summary>A path as it is meant where the process is.</summary>
    public string PathOf(string path) => ShellFiles.Resolve(Folder, path);

    /// <summary>Runs to the end and says with what code.</summary>
    public IEnumerable<TimeSpan> Run(Node node)
    {
        foreach (var step in Walk(node, tested: false))
        {
            yield return step;
        }

        FlushLine();
    }

    /// <summary>Runs a script that must not be stepped through, and returns its output.</summary>
    public string Capture(Node node)
    {
        var (outer, text, steps) = (capture, new StringBuilder(), 0);
        capture = text;
        try
        {
            foreach (var _ in Walk(node, tested: true))
            {
                if (++steps > CaptureStepsMax || IsWaiting)
                {
                    throw new ShellSyntaxException($"gave up after {steps} commands in a substitution, which has to end before the script goes on");
                }
            }
        }
        finally
        {
            capture = outer;
        }

        return text.ToString();
    }

    /// <summary>Writes to standard output, wherever that leads.</summary>
    public void Write(string text) => Write(text, outputToErrors);

    private void Write(string text, bool isError)
    {
        if (isError && silent)
        {
            return;
        }

        if (capture is not null && !isError)
        {
            capture.Append(text);
            if (capture.Length > CaptureLettersMax)
            {
                throw new ShellSyntaxException($"a pipe or file of this lab holds at most {CaptureLettersMax >> 20} MiB");
            }

            return;
        }

        if (OnText is not null)
        {
            OnText(text, isError);
            return;
        }

        var start = 0;
        while (text.IndexOf('\n', start) is >= 0 and var end)
        {
            partialLine.Append(text, start, end - start);
            OnLine?.Invoke(new LogLine(Now, partialLine.ToString()));
            partialLine.Clear();
            start = end + 1;
        }

        partialLine.Append(text, start, text.Length - start);
    }

    /// <summary>Writes a complaint; it goes to the log, past any capture, or nowhere after <c>2&gt;/dev/null</c>.</summary>
    public void Complain(string text)
    {
        Write(text + "\n", isError: !errorsToOutput);
    }

    /// <summary>Leaves loops: <c>break</c> or <c>continue</c>.</summary>
    public void LeaveLoop(bool next)
    {
        breaks = 1;
        continues = next;
    }

    private bool Stopped => Exited || breaks > 0;

    private bool Reads(List<string> words) => Stdin is not null && piped is null && StandardInput.IsReadBy(words);

    private void FlushLine()
    {
        if (partialLine.Length > 0)
        {
            OnLine?.Invoke(new LogLine(Now, partialLine.ToString()));
            partialLine = new StringBuilder();
        }
    }

    private IEnumerable<TimeSpan> Walk(Node node, bool tested) => node switch
    {
        SimpleCommand simple => WalkSimple(simple, tested),
        Sequence sequence => WalkSequence(sequence, tested),
        AndOr andOr => WalkAndOr(andOr, tested),
        Negation negation => WalkNegation(negation),
        Conditional conditional => WalkIf(conditional, tested),
        Loop loop => WalkLoop(loop, tested),
        ForEach each => WalkFor(each, tested),
        Group group => WalkRedirected(group.Body, group.Redirections, tested),
        Pipeline pipeline => WalkPipeline(pipeline),
        Background background => WalkBackground(background),
        Interactive => WalkInteractive(),
        _ => throw new ShellSyntaxException("syntax error"),
    };

    private IEnumerable<TimeSpan> WalkSequence(Sequence sequence, bool tested)
    {
        foreach (var item in sequence.Items)
        {
            foreach (var step in Walk(item, tested))
            {
                yield return step;
            }

            if (Stopped)
            {
                yield break;
            }
        }
    }

    private IEnumerable<TimeSpan> WalkAndOr(AndOr node, bool tested)
    {
        foreach (var step in Walk(node.Left, tested: true))
        {
            yield return step;
        }

        if (!Stopped && Status == 0 == node.IsAnd)
        {
            foreach (var step in Walk(node.Right, tested))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<TimeSpan> WalkNegation(Negation node)
    {
        foreach (var step in Walk(node.Inner, tested: true))
        {
            yield return step;
        }

        Status = Status == 0 ? 1 : 0;
    }

    private IEnumerable<TimeSpan> WalkIf(Conditional node, bool tested)
    {
        foreach (var step in Walk(node.Condition, tested: true))
        {
            yield return step;
        }

        if (Stopped)
        {
            yield break;
        }

        var branch = Status == 0 ? node.Then : node.Else;
        Status = 0;
        if (branch is not null)
        {
            foreach (var step in Walk(branch, tested))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<TimeSpan> WalkLoop(Loop node, bool tested)
    {
        while (true)
        {
            foreach (var step in Walk(node.Condition, tested: true))
            {
                yield return step;
            }

            if (Exited || Status == 0 == node.Until)
            {
                Status = Exited ? Status : 0;
                yield break;
            }

            foreach (var step in Walk(node.Body, tested))
            {
                yield return step;
            }

            if (Exited || EndsLoop())
            {
                yield break;
            }
        }
    }

    private IEnumerable<TimeSpan> WalkFor(ForEach node, bool tested)
    {
        foreach (var word in WordExpansion.Expand(node.Words, this))
        {
            Variables[node.Variable] = word;
            foreach (var step in Walk(node.Body, tested))
            {
                yield return step;
            }

            if (Exited || EndsLoop())
            {
                yield break;
            }
        }
    }

    private bool EndsLoop()
    {
        var ends = breaks > 0 && !continues;
        breaks = 0;
        continues = false;
        return ends;
    }

    private IEnumerable<TimeSpan> WalkPipeline(Pipeline pipeline)
    {
        var outerPipe = piped;
        for (var i = 0; i < pipeline.Parts.Count - 1; i++)
        {
            var (outer, text, steps) = (capture, new StringBuilder(), 0);
            capture = text;
            foreach (var step in Walk(pipeline.Parts[i], tested: true))
            {
                capture = outer;
                if (++steps > CaptureStepsMax)
                {
                    throw new ShellSyntaxException($"gave up after {steps} commands in a pipe, which has to end before the next part begins");
                }

                yield return step;
                capture = text;
            }

            capture = outer;
            Exited = false;
            piped = text.ToString();
        }

        foreach (var step in Walk(pipeline.Parts[^1], tested: true))
        {
            yield return step;
        }

        piped = outerPipe;
    }

    // The shell does not wait: what the command writes appears now, the time it takes passes beside the script's own.
    private IEnumerable<TimeSpan> WalkBackground(Background node)
    {
        var now = Now;
        foreach (var _ in Walk(node.Inner, tested: true))
        {
            if (Now - now > TimeSpan.FromDays(1))
            {
                break;
            }
        }

        BackgroundEnd = Now > BackgroundEnd ? Now : BackgroundEnd;
        Now = now;
        Status = 0;
        yield return Now;
    }

    private IEnumerable<TimeSpan> WalkSimple(SimpleCommand command, bool tested)
    {
        var words = command.Literal ? [.. command.Words] : WordExpansion.Expand(command.Words, this);
        while (!command.Literal && words.Count > 0 && WordExpansion.IsAssignment(words[0]))
        {
            var equals = words[0].IndexOf('=', StringComparison.Ordinal);
            Variables[words[0][..equals]] = words[0][(equals + 1)..];
            words.RemoveAt(0);
            Status = 0;
        }

        var redirected = Redirect(command.Redirections);
        if (words.Count > 0)
        {
            var isOwn = Reads(words);
            if (isOwn)
            {
                foreach (var step in AwaitInput(words))
                {
                    yield return step;
                }
            }

            var took = ShellCommands.Run(this, words);
            piped = isOwn ? null : piped;
            var computes = took <= ComputesUpTo;
            took = computes && Speed < 1 ? took / Speed : took;
            Usage.Pass(Now, took, computes);
            Now = took == TimeSpan.MaxValue || Now > TimeSpan.MaxValue - took ? TimeSpan.MaxValue : Now + took;
        }

        redirected?.Invoke();
        if (ExitsOnError && !tested && Status != 0)
        {
            Exited = true;
        }

        yield return Now;
    }

    private IEnumerable<TimeSpan> WalkRedirected(Node body, IReadOnlyList<Redirection> redirections, bool tested)
    {
        var redirected = Redirect(redirections);
        foreach (var step in Walk(body, tested))
        {
            yield return step;
        }

        redirected?.Invoke();
    }

    private Action? Redirect(IReadOnlyList<Redirection> redirections)
    {
        Action? restore = null;
        foreach (var redirection in redirections)
        {
            var target = WordExpansion.Expand([redirection.Target], this) is [var only, ..] ? only : "";
            restore += redirection.Input ? ReadFrom(target) : SendTo(redirection, target);
        }

        return restore;
    }

    private Action ReadFrom(string file)
    {
        var outer = piped;
        piped = Files.Read(PathOf(file)) ?? "";
        return () => piped = outer;
    }

    private Action? SendTo(Redirection redirection, string target)
    {
        if (target is "&1" or "&2" or "/dev/stdout" or "/dev/stderr" or "/proc/1/fd/1" or "/proc/1/fd/2" or "/dev/termination-log")
        {
            var before = (errorsToOutput, outputToErrors);
            errorsToOutput = (redirection.Stream == 2 && target is "&1" or "/dev/stdout") || errorsToOutput;
            outputToErrors = (redirection.Stream == 1 && target is "&2" or "/dev/stderr") || outputToErrors;
            if (target == "/dev/termination-log")
            {
                return IntoFile(redirection, target);
            }

            return () => (errorsToOutput, outputToErrors) = before;
        }

        return IntoFile(redirection, target);
    }

    private Action? IntoFile(Redirection redirection, string target)
    {
        if (redirection.Stream == 2)
        {
            silent = true;
            return () => silent = false;
        }

        var (outer, text, complains) = (capture, new StringBuilder(), errorsToOutput);
        capture = text;
        errorsToOutput |= redirection.Stream == 3;
        return () =>
        {
            (capture, errorsToOutput) = (outer, complains);
            var path = PathOf(target);
            Files.Write(path, redirection.Append ? Files.Read(path) + text : text.ToString());
        };
    }
}
