namespace KubeLab.Nodes.Programs;

/// <summary>A program declared as data: what its server or job does, in figures.</summary>
internal sealed class ProgramDeclaration
{
    /// <summary>The images that run it, without tags.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Whether no data describes the image: then any command is believed.</summary>
    public bool IsUndescribed { get; init; }

    /// <summary>What it is.</summary>
    public ProgramKind Kind { get; init; }

    /// <summary>The executables of the image, shells aside.</summary>
    public IReadOnlySet<string> Commands { get; init; } = new HashSet<string>();

    /// <summary>Whether the image has a shell and the usual small tools.</summary>
    public bool HasShell { get; init; } = true;

    /// <summary>Seconds until it listens; the environment variable of the same name can replace it.</summary>
    public Figure StartupSeconds { get; init; } = new(0.2, 0.2, null);

    /// <summary>Seconds a job runs at one speed.</summary>
    public Figure DurationSeconds { get; init; } = new(1, 0, null);

    /// <summary>What it ends with.</summary>
    public Figure ExitCode { get; init; } = new(0, 0, null);

    /// <summary>CPU it uses when it is up, in thousandths of a core.</summary>
    public Figure CpuMillis { get; init; } = new(1, 0, null);

    /// <summary>CPU it uses while it starts.</summary>
    public long StartupCpuMillis { get; init; } = 50;

    /// <summary>Memory, in MiB.</summary>
    public Figure MemoryMiB { get; init; } = new(10, 0, null);

    /// <summary>Memory it gains for each minute it runs, in MiB.</summary>
    public double LeakMiBPerMinute { get; init; }

    /// <summary>The ports; those that the container declares when empty.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The environment variable that gives the port, or null.</summary>
    public string? PortEnv { get; init; }

    /// <summary>Seconds from the stop signal to the end; negative when it ignores the signal.</summary>
    public double StopSeconds { get; init; } = 0.1;

    /// <summary>The exit code after the stop signal.</summary>
    public int StopExitCode { get; init; }

    /// <summary>What it writes at start, with <c>{pod}</c>, <c>{port}</c> and <c>{ip}</c> filled in.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>What it writes when its port is taken.</summary>
    public string BindError { get; init; } = "bind() to 0.0.0.0:{port} failed (98: Address already in use)";

    /// <summary>What it answers to web requests; the last entry whose time has come wins.</summary>
    public IReadOnlyList<HttpStep> Paths { get; init; } = [];

    /// <summary>The answer for other paths.</summary>
    public int OtherPaths { get; init; } = 404;

    /// <summary>Whether its ports speak HTTP.</summary>
    public bool Web { get; init; } = true;

    /// <summary>The body of a good answer, with <c>{pod}</c>, <c>{port}</c>, <c>{ip}</c> and <c>{path}</c> filled in; null for the bare status.</summary>
    public string? Page { get; init; }

    /// <summary>What one request takes; null for the usual.</summary>
    public RequestFigures? Requests { get; init; }

    /// <summary>Reads the declarations of one YAML document.</summary>
    /// <exception cref="InvalidDataException">The text is not of the expected shape.</exception>
    public static IEnumerable<ProgramDeclaration> Read(string file, string text) =>
        EmbeddedData.Yaml<ProgramDocument>(file, text).Programs.Select(p => p.ToDeclaration(file));
}

/// <summary>What kind of program.</summary>
internal enum ProgramKind
{
    /// <summary>Runs until it is stopped.</summary>
    Server,

    /// <summary>Does a piece of work and ends.</summary>
    Job,

    /// <summary>Does what its command says, and without one ends at once.</summary>
    Shell,
}

/// <summary>A figure with a spread, which an environment variable can replace.</summary>
internal readonly record struct Figure(double Mean, double Cv, string? Env)
{
    /// <summary>The figure for one start.</summary>
    public double For(ProgramContext context) =>
        context.Number(Env) ?? (Cv > 0 ? context.Chance.LogNormal(Mean, Cv) : Mean);
}

/// <summary>The answer to a path from an instant on.</summary>
internal sealed record HttpStep(string Path, TimeSpan From, int Status);
