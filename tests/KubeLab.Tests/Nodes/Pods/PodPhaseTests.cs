using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;

namespace KubeLab.Tests.Nodes.Pods;

public sealed class PodPhaseTests
{
    // r running, w waiting, b waiting after an end, 0 ended well, 1 ended badly, - unknown. Rows follow upstream's table tests of getPhase.
    [Theory]
    [InlineData("Always", "", "--", "Pending")]
    [InlineData("Always", "", "rr", "Running")]
    [InlineData("Always", "", "00", "Running")]
    [InlineData("Always", "", "11", "Running")]
    [InlineData("Always", "", "r-", "Pending")]
    [InlineData("Always", "", "rw", "Pending")]
    [InlineData("Always", "", "rb", "Running")]
    [InlineData("Never", "", "00", "Succeeded")]
    [InlineData("Never", "", "01", "Failed")]
    [InlineData("Never", "", "r1", "Running")]
    [InlineData("Never", "", "0-", "Pending")]
    [InlineData("OnFailure", "", "00", "Succeeded")]
    [InlineData("OnFailure", "", "11", "Running")]
    [InlineData("OnFailure", "", "0b", "Running")]
    [InlineData("Never", "1", "w", "Failed")]
    [InlineData("OnFailure", "1", "w", "Pending")]
    [InlineData("Always", "r", "w", "Pending")]
    [InlineData("Always", "0", "r", "Running")]
    [InlineData("Always", "0", "w", "Pending")]
    public void The_phase_follows_from_the_containers(string policy, string init, string apps, string expected)
    {
        var spec = new PodSpec { RestartPolicy = policy, InitContainers = Containers(init, "i"), Containers = Containers(apps, "c") };
        Assert.Equal(expected, PodPhase.Of(spec, Statuses(init, "i"), Statuses(apps, "c"), terminal: false));
    }

    [Fact]
    public void A_pod_that_is_over_is_judged_by_its_exit_codes_whatever_its_policy()
    {
        var spec = new PodSpec { RestartPolicy = "Always", Containers = Containers("01", "c") };
        Assert.Equal("Failed", PodPhase.Of(spec, default, Statuses("01", "c"), terminal: true));
        Assert.Equal("Succeeded", PodPhase.Of(spec, default, Statuses("00", "c"), terminal: true));
    }

    private static ValueList<Container> Containers(string letters, string prefix) =>
        letters.Select((_, i) => new Container { Name = prefix + i }).ToValueList();

    private static ValueList<ContainerStatus> Statuses(string letters, string prefix) =>
        letters.Select((letter, i) => (letter, i)).Where(p => p.letter != '-').Select(p => Status(prefix + p.i, p.letter)).ToValueList();

    private static ContainerStatus Status(string name, char letter) => letter switch
    {
        'r' => new() { Name = name, State = new() { Running = new() } },
        'w' => new() { Name = name, State = new() { Waiting = new() } },
        'b' => new() { Name = name, State = new() { Waiting = new() }, LastState = new() { Terminated = new() { ExitCode = 1 } } },
        _ => new() { Name = name, State = new() { Terminated = new() { ExitCode = letter - '0' } } },
    };
}
