using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Programs;

/// <summary>The shape of a file in <c>data/programs</c>.</summary>
internal sealed class ProgramDocument
{
    public List<Entry> Programs { get; set; } = [];

    internal sealed class Entry
    {
        public List<string> Images { get; set; } = [];

        public string Kind { get; set; } = "server";

        public List<string> Commands { get; set; } = [];

        public bool HasShell { get; set; } = true;

        public FigureEntry? StartupSeconds { get; set; }

        public FigureEntry? DurationSeconds { get; set; }

        public FigureEntry? ExitCode { get; set; }

        public FigureEntry? CpuMillis { get; set; }

        public long StartupCpuMillis { get; set; } = 50;

        public FigureEntry? MemoryMib { get; set; }

        public double LeakMibPerMinute { get; set; }

        public List<int> Ports { get; set; } = [];

        public string? PortEnv { get; set; }

        public double StopSeconds { get; set; } = 0.1;

        public int StopExitCode { get; set; }

        public List<string> Log { get; set; } = [];

        public string? BindError { get; set; }

        public List<PathEntry> Paths { get; set; } = [];

        public int OtherPaths { get; set; } = 404;

        public bool Web { get; set; } = true;

        public string? Page { get; set; }

        public FigureEntry? CpuMsPerRequest { get; set; }

        public FigureEntry? LatencyMsPerRequest { get; set; }

        public FigureEntry? Workers { get; set; }

        public FigureEntry? Queue { get; set; }

        public FigureEntry? MemoryKibPerRequest { get; set; }

        public FigureEntry? ResponseKibPerRequest { get; set; }

        public string? Basis { get; set; }

        public ProgramDeclaration ToDeclaration(string file)
        {
            if (string.IsNullOrEmpty(Basis))
            {
                throw new InvalidDataException($"data/{file}: the program of {string.Join(", ", Images)} has no basis; say where its figures come from");
            }

            var usual = new ProgramDeclaration();
            return new ProgramDeclaration
            {
                Images = Images,
                Kind = Enum.Parse<ProgramKind>(Kind, ignoreCase: true),
                Commands = Commands.ToHashSet(StringComparer.Ordinal),
                HasShell = HasShell,
                StartupSeconds = StartupSeconds?.ToFigure() ?? usual.StartupSeconds,
                DurationSeconds = DurationSeconds?.ToFigure() ?? usual.DurationSeconds,
                ExitCode = ExitCode?.ToFigure() ?? usual.ExitCode,
                CpuMillis = CpuMillis?.ToFigure() ?? usual.CpuMillis,
                StartupCpuMillis = StartupCpuMillis,
                MemoryMiB = MemoryMib?.ToFigure() ?? usual.MemoryMiB,
                LeakMiBPerMinute = LeakMibPerMinute,
                Ports = Ports,
                PortEnv = PortEnv,
                StopSeconds = StopSeconds,
                StopExitCode = StopExitCode,
                Log = Log,
                BindError = BindError ?? usual.BindError,
                Paths = [.. Paths.Select(p => new HttpStep(p.Path, TimeSpan.FromSeconds(p.From), p.Status))],
                OtherPaths = OtherPaths,
                Web = Web,
                Page = Page,
                Requests = Requests(file),
            };
        }

        private RequestFigures? Requests(string file)
        {
            if (CpuMsPerRequest is null)
            {
                return (LatencyMsPerRequest ?? Workers ?? Queue ?? MemoryKibPerRequest ?? ResponseKibPerRequest) is null
                    ? null
                    : throw Wrong(file, "cpu-ms-per-request is missing: without it nobody knows how many requests it can serve");
            }

            Check(file, "cpu-ms-per-request", CpuMsPerRequest, above: 0);
            Check(file, "latency-ms-per-request", LatencyMsPerRequest);
            Check(file, "workers", Workers, above: 0);
            Check(file, "queue", Queue);
            Check(file, "memory-kib-per-request", MemoryKibPerRequest);
            Check(file, "response-kib-per-request", ResponseKibPerRequest);
            var usual = RequestProfile.Usual;
            return new RequestFigures(
                CpuMsPerRequest.ToFigure(),
                LatencyMsPerRequest?.ToFigure() ?? default,
                Workers?.ToFigure() ?? new Figure(usual.Workers, 0, null),
                Queue?.ToFigure() ?? new Figure(usual.Queue, 0, null),
                MemoryKibPerRequest?.ToFigure() ?? default,
                ResponseKibPerRequest?.ToFigure() ?? new Figure(usual.ResponseBytes / 1024.0, 0, null));
        }

        private void Check(string file, string field, FigureEntry? figure, double? above = null)
        {
            if (figure is not null && (above is { } bound ? figure.Mean <= bound : figure.Mean < 0))
            {
                throw Wrong(file, $"{field}: {FormattableString.Invariant($"{figure.Mean}")} is too small; it must be {(above is null ? "0 or more" : "more than 0")}");
            }
        }

        private InvalidDataException Wrong(string file, string what) => new($"data/{file}: the program of {string.Join(", ", Images)}: {what}");
    }

    internal sealed class FigureEntry
    {
        public double Mean { get; set; }

        public double Cv { get; set; }

        public string? Env { get; set; }

        public Figure ToFigure() => new(Mean, Cv, Env);
    }

    internal sealed class PathEntry
    {
        public string Path { get; set; } = "/";

        public double From { get; set; }

        public int Status { get; set; } = 200;
    }
}
