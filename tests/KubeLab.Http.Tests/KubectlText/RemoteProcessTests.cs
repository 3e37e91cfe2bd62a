using KubeLab.Client.Connecting;
using KubeLab.Http.Tests.Kubectl;
using KubeLab.Http.Tests.Streaming;
using KubeLab.KubectlText;
using KubeLab.KubectlText.Wire;

namespace KubeLab.Http.Tests.KubectlText;

/// <summary>The kubectl of a cell on a cluster behind a socket, as it is used on a real one.</summary>
public sealed class RemoteProcessTests
{
    [Fact]
    public async Task A_command_runs_in_a_container_behind_a_socket()
    {
        await using var served = await ServedPods.WebAsync();
        using var home = new ServedHome(served);
        using var http = new HttpMessageInvoker(Kubeconfig.Load(home.Kubeconfig).CreateHandler());
        var host = new HttpHost(http, served.Server.Address, "kubelab", () => TimeProvider.System.GetUtcNow(), Wait);
        var kubectl = new KubectlProgram(host);
        var output = await Task.Run(() => kubectl.Run("exec -i web -- sh -c 'cat; echo no >&2; exit 3'", "through\n"));
        Assert.Equal(("through\n", "no\ncommand terminated with exit code 3\n", 3), (output.StdOut, output.StdErr, output.ExitCode));
        Assert.StartsWith(
            "error: Internal error occurred: Internal error occurred: error executing command in container: ", kubectl.Run("exec web -- nope", null).StdErr, StringComparison.Ordinal);
        Assert.Equal("Error from server (BadRequest): container x is not valid for pod web\n", kubectl.Run("exec web -c x -- ls", null).StdErr);
    }

    private static bool Wait(Func<bool> condition, TimeSpan limit, string what) => SpinWait.SpinUntil(condition, limit);
}
