using KubeLab.Api.Verbs;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Programs;

/// <summary>One run of a declared program. Small on purpose: tens of thousands of them live at once.</summary>
internal sealed class DeclaredRun : ProgramRun
{
    private const double BindAttemptsSeconds = 2.5;

    private readonly ProgramDeclaration declaration;
    private readonly IReadOnlyList<int> ports;
    private readonly long startupTicks;
    private readonly long endTicks;
    private readonly int exitCode;
    private readonly int cpuMillis;
    private readonly long memoryBytes;
    private readonly string pod;
    private readonly int portTaken;
    private List<FileEdit>? edits;
    private OwnTime? own;

    private DeclaredRun(ProgramDeclaration declaration, ProgramContext context)
    {
        this.declaration = declaration;
        pod = context.Pod.Metadata.Name ?? "";
        ports = PortsOf(declaration, context);
        portTaken = FirstTaken(ports, context.PortsTaken);
        startupTicks = TimeSpan.FromSeconds(declaration.StartupSeconds.For(context)).Ticks;
        cpuMillis = (int)declaration.CpuMillis.For(context);
        memoryBytes = (long)(declaration.MemoryMiB.For(context) * 1024 * 1024);
        exitCode = (int)declaration.ExitCode.For(context);
        endTicks = long.MaxValue;
        if (portTaken > 0)
        {
            exitCode = 1;
        }
        else if (declaration.Kind == ProgramKind.Job)
        {
            endTicks = TimeSpan.FromSeconds(declaration.DurationSeconds.For(context) * Slowdown(context.CpuLimitMillis) / context.Speed).Ticks;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Ports => portTaken > 0 ? [] : ports;

    /// <inheritdoc/>
    public override TimeSpan ListensAfter => When(startupTicks);

    /// <inheritdoc/>
    public override int StopExitCode => declaration.StopExitCode;

    public static DeclaredRun Start(ProgramDeclaration declaration, ProgramContext context) => new(declaration, context);

    /// <inheritdoc/>
    public override Foresight Foresee() =>
        portTaken > 0 ? Foresight.Ends(ListensAfter + TimeSpan.FromSeconds(BindAttemptsSeconds), exitCode)
        : endTicks == long.MaxValue ? Foresight.Never
        : Foresight.Ends(When(endTicks), exitCode);

    /// <inheritdoc/>
    public override ResourceUse UseAt(TimeSpan at) => new(
        IsStarting(at) ? Math.Max(cpuMillis, declaration.StartupCpuMillis) : cpuMillis,
        memoryBytes + (long)(declaration.LeakMiBPerMinute * at.TotalMinutes * 1024 * 1024));

    /// <inheritdoc/>
    public override TimeSpan? NextUse(TimeSpan at) => IsStarting(at) ? ListensAfter : null;

    /// <inheritdoc/>
    public override bool Restrain(TimeSpan at, double share)
    {
        // A server that is up gets less done; its own course does not depend on it.
        if (endTicks == long.MaxValue && !IsStarting(at))
        {
            return false;
        }

        (own ??= new OwnTime()).Set(at, share);
        return true;
    }

    /// <inheritdoc/>
    public override TimeSpan? ExceedsMemory(long bytes)
    {
        if (memoryBytes > bytes)
        {
            // Memory is touched while the program starts, not at its first instruction.
            return new TimeSpan(Math.Max(startupTicks / 2, TimeSpan.TicksPerMillisecond * 100));
        }

        return declaration.LeakMiBPerMinute > 0
            ? TimeSpan.FromMinutes((bytes - memoryBytes) / (declaration.LeakMiBPerMinute * 1024 * 1024)) + TimeSpan.FromMilliseconds(1)
            : null;
    }

    /// <inheritdoc/>
    public override TimeSpan? StopsWithin(TimeSpan at) => declaration.StopSeconds < 0 ? null : TimeSpan.FromSeconds(declaration.StopSeconds);

    /// <inheritdoc/>
    public override RequestProfile Serves(ProgramContext context) => declaration.Requests?.For(context) ?? RequestProfile.Usual;

    /// <inheritdoc/>
    public override int HttpStatus(string path, TimeSpan at)
    {
        if (declaration.Paths.Count == 0)
        {
            return declaration.IsUndescribed || path == "/" ? 200 : declaration.OtherPaths;
        }

        var status = declaration.OtherPaths;
        foreach (var step in declaration.Paths)
        {
            if (step.From <= at && (step.Path == path || step.Path == "*"))
            {
                status = step.Status;
            }
        }

        return status;
    }

    /// <inheritdoc/>
    public override TimeSpan? NextChange(TimeSpan at)
    {
        var next = base.NextChange(at);
        foreach (var step in declaration.Paths)
        {
            if (step.From > at && (next is null || step.From < next))
            {
                next = step.From;
            }
        }

        return next;
    }

    /// <inheritdoc/>
    public override ExecResult Exec(IReadOnlyList<string> command, TimeSpan at)
    {
        var world = new ShellWorld(DateTimeOffset.UnixEpoch, new Dictionary<string, string>(), declaration.Commands);
        return declaration.HasShell ? ShellScript.Exec(command, world, Files(world)) : throw new ExecutableNotFoundException(command[0]);
    }

    /// <inheritdoc/>
    public override CommandRun Start(IReadOnlyList<string> command, ProgramContext context, TimeSpan at, CommandOptions options)
    {
        var main = context.Command.Count > 0 ? string.Join(' ', context.Command.Concat(context.Args)) : declaration.Commands.FirstOrDefault("/entrypoint");
        var world = ShellWorld.Of(context, declaration.Commands, main);
        return declaration.HasShell ? ShellScript.Start(command, world, Files(world), options) : throw new ExecutableNotFoundException(command[0]);
    }

    /// <inheritdoc/>
    public override WebAnswer? Answer(WebQuestion question, ProgramContext context, TimeSpan at)
    {
        if (!declaration.Web)
        {
            return null;
        }

        var code = HttpStatus(question.Path, at);
        if (code is >= 200 and < 300 && declaration.Page is { } page)
        {
            var text = Fill(page).Replace("{ip}", context.PodIP, StringComparison.Ordinal).Replace("{path}", question.Path, StringComparison.Ordinal)
                .Replace("{text}", TextOf(context), StringComparison.Ordinal);
            return new(code, page.StartsWith('<') ? "text/html" : "text/plain; charset=utf-8", text);
        }

        return base.Answer(question, context, at) is { } usual ? usual with { Code = code, Body = $"{code}\n" } : null;
    }

    /// <inheritdoc/>
    public override LogTeller TellLog(TimeSpan now) => new ToldLog(Log(TimeSpan.MaxValue));

    /// <inheritdoc/>
    internal override bool Note(TimeSpan at, IReadOnlyList<FileEdit> edits)
    {
        // The program does not read them; the next command beside it will.
        (this.edits ??= []).AddRange(edits);
        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<LogLine> Log(TimeSpan until)
    {
        if (portTaken > 0)
        {
            for (var i = 0; i < 5; i++)
            {
                var at = ListensAfter + TimeSpan.FromSeconds(i * BindAttemptsSeconds / 5);
                if (at <= until)
                {
                    yield return new LogLine(at, Fill(declaration.BindError));
                }
            }

            yield break;
        }

        for (var i = 0; i < declaration.Log.Count; i++)
        {
            var at = When(startupTicks * (i + 1) / declaration.Log.Count);
            if (at <= until)
            {
                yield return new LogLine(at, Fill(declaration.Log[i]));
            }
        }
    }

    private bool IsStarting(TimeSpan at) => declaration.Kind == ProgramKind.Server && at < ListensAfter;

    private TimeSpan When(long ownTicks) => own?.When(ownTicks) ?? new TimeSpan(ownTicks);

    private ShellFiles Files(ShellWorld world)
    {
        var files = new ShellFiles(world);
        edits?.ForEach(files.Apply);
        return files;
    }

    // http-echo says what its argument asks it to say.
    private static string TextOf(ProgramContext context) =>
        context.Args.FirstOrDefault(a => a.StartsWith("-text=", StringComparison.Ordinal) || a.StartsWith("--text=", StringComparison.Ordinal))?.Split('=', 2)[1] ?? "hello-world";

    private static IReadOnlyList<int> PortsOf(ProgramDeclaration declaration, ProgramContext context)
    {
        if (declaration.Kind != ProgramKind.Server)
        {
            return [];
        }

        if (context.Number(declaration.PortEnv) is { } port)
        {
            return [(int)port];
        }

        if (declaration.Ports.Count > 0 || context.Container.Ports.IsEmpty)
        {
            return declaration.Ports;
        }

        return [.. context.Container.Ports.Select(p => p.Port)];
    }

    private static int FirstTaken(IReadOnlyList<int> ports, IReadOnlyCollection<int> taken)
    {
        if (taken.Count > 0)
        {
            foreach (var port in ports)
            {
                if (taken.Contains(port))
                {
                    return port;
                }
            }
        }

        return 0;
    }

    // A limit below what the program would use stretches its work.
    private double Slowdown(long? limitMillis) => limitMillis is > 0 and var limit && limit < cpuMillis ? (double)cpuMillis / limit : 1;

    private string Fill(string text) => text
        .Replace("{pod}", pod, StringComparison.Ordinal)
        .Replace("{port}", (portTaken > 0 ? portTaken : ports.Count > 0 ? ports[0] : 0).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
