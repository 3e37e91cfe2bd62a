using KubeLab.Api.Core;
using KubeLab.Nodes;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Serving;
using KubeLab.Simulation;

namespace KubeLab.Tests.Nodes.Programs;

public sealed class RequestFiguresTests
{
    private const string Declared = """
        programs:
          - images: [example.org/api]
            basis: a test
            ports: [80]
            cpu-ms-per-request: { mean: 4, env: CPU_MS }
            latency-ms-per-request: { mean: 6 }
            workers: { mean: 8, env: WORKERS }
            queue: { mean: 16, env: QUEUE }
            memory-kib-per-request: { mean: 2 }
        """;

    [Theory]
    [InlineData("", "", "", 0.004, 8, 16)]
    [InlineData("10", "2", "0", 0.010, 2, 0)]
    // What makes no sense is taken for the nearest thing that does.
    [InlineData("-1", "0", "-5", 0.000001, 1, 0)]
    [InlineData("many", "few", "some", 0.004, 8, 16)]
    public void Data_and_environment_say_what_a_request_takes(string cpu, string workers, string queue, double cpuSeconds, int expectedWorkers, int expectedQueue)
    {
        var profile = ProfileOf(Declared, "example.org/api", ("CPU_MS", cpu), ("WORKERS", workers), ("QUEUE", queue));
        Assert.Equal(cpuSeconds, profile.CpuSeconds, 9);
        Assert.Equal((0.006, expectedWorkers, expectedQueue, 2048L), (profile.BaseSeconds, profile.Workers, profile.Queue, profile.MemoryBytes));
    }

    [Fact]
    public void Who_declares_nothing_is_taken_for_the_usual() => Assert.Equal(RequestProfile.Usual, ProfileOf(Declared, "example.org/other"));

    [Theory]
    [InlineData("nginx:1.27")]
    [InlineData("kubelab/server")]
    [InlineData("kubelab/shop")]
    [InlineData("registry.k8s.io/hpa-example")]
    public void The_lessons_servers_declare_it(string image) => Assert.NotEqual(RequestProfile.Usual, ProfileOf(null, image));

    [Theory]
    [InlineData("cpu-ms-per-request: { mean: 0 }", "cpu-ms-per-request: 0 is too small; it must be more than 0")]
    [InlineData("cpu-ms-per-request: { mean: 1 }\n    workers: { mean: 0 }", "workers: 0 is too small; it must be more than 0")]
    [InlineData("cpu-ms-per-request: { mean: 1 }\n    queue: { mean: -1 }", "queue: -1 is too small; it must be 0 or more")]
    [InlineData("queue: { mean: 5 }", "cpu-ms-per-request is missing")]
    public void What_makes_no_sense_in_data_is_refused_with_the_field(string field, string reason)
    {
        var catalog = ContainerRuntime.Load().Programs;
        var wrong = Assert.Throws<InvalidDataException>(() => catalog.Declare($"programs:\n  - images: [x]\n    basis: a test\n    {field}\n"));
        Assert.Contains(reason, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("the program of x", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_in_code_says_it_itself()
    {
        var catalog = ContainerRuntime.Load().Programs;
        catalog.Register("example.org/mine", _ => new Mine());
        Assert.Equal(0.5, catalog.Start(Context("example.org/mine")).Serves(Context("example.org/mine")).CpuSeconds);
    }

    private static RequestProfile ProfileOf(string? yaml, string image, params (string Name, string Value)[] env)
    {
        var catalog = ContainerRuntime.Load().Programs;
        if (yaml is not null)
        {
            catalog.Declare(yaml);
        }

        return catalog.Start(Context(image, env)).Serves(Context(image, env));
    }

    private static ProgramContext Context(string image, params (string Name, string Value)[] env)
    {
        var given = env.Where(e => e.Value.Length > 0).ToDictionary(e => e.Name, e => e.Value);
        return new ProgramContext(() => given, () => new Randomness(1))
        {
            Pod = new Pod(),
            Container = new Container { Name = "c", Image = image, Env = [.. given.Select(e => new EnvVar { Name = e.Key, Value = e.Value })] },
            PodIP = "10.0.0.1",
            StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Restarts = 0,
            PortsTaken = [],
        };
    }

    private sealed class Mine : ProgramRun
    {
        public override Foresight Foresee() => Foresight.Never;

        public override ResourceUse UseAt(TimeSpan at) => default;

        public override RequestProfile Serves(ProgramContext context) => new() { CpuSeconds = 0.5 };

        public override IEnumerable<LogLine> Log(TimeSpan until) => [];
    }
}
