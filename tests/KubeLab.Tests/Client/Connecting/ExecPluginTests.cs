using System.Text.Json.Nodes;
using KubeLab.Client.Connecting;
using KubeLab.Simulation;
using KubeLab.Testing;

namespace KubeLab.Tests.Client.Connecting;

public sealed class ExecPluginTests : IDisposable
{
    private const string Answer = """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"TOKEN"EXPIRES}}""";
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab").FullName;
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_is_run_once_until_what_it_gave_expires()
    {
        var plugin = Plugin(CountingScript(""","expirationTimestamp":"2026-01-01T09:00:00Z" """));
        Assert.Equal("t1", plugin.Read().Token);
        clock.RunFor(TimeSpan.FromMinutes(59));
        Assert.Equal("t1", plugin.Read().Token);
        clock.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal("t2", plugin.Read().Token);
    }

    [Fact]
    public void What_the_server_refused_is_forgotten_unless_it_was_replaced_meanwhile()
    {
        var plugin = Plugin(CountingScript(""));
        var first = plugin.Read();
        plugin.Forget(first);
        var second = plugin.Read();
        Assert.Equal("t2", second.Token);
        plugin.Forget(first);
        Assert.Same(second, plugin.Read());
    }

    [Fact]
    public void It_is_told_the_protocol_and_on_demand_the_cluster()
    {
        Script("told", "printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$(dirname \"$0\")/info\"\n" + Echo("t", ""));
        var exec = new JsonObject
        {
            ["command"] = "./told",
            ["apiVersion"] = ExecSettings.V1,
            ["interactiveMode"] = "IfAvailable",
            ["provideClusterInfo"] = true,
        };
        var cluster = JsonNode.Parse("""
            {"server":"https://h:6443","tls-server-name":"n","certificate-authority-data":"aGVsbG8=","proxy-url":"http://p",
             "extensions":[{"name":"client.authentication.k8s.io/exec","extension":{"audience":"a"}}]}
            """)!.AsObject();
        Assert.Equal("t", Plugin(exec, cluster).Read().Token);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false,"cluster":
                 {"server":"https://h:6443","tls-server-name":"n","certificate-authority-data":"aGVsbG8=","proxy-url":"http://p","config":{"audience":"a"}}}}
                """),
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "info")))));

        exec["provideClusterInfo"] = false;
        Plugin(exec, cluster).Read();
        Assert.Equal("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}""", File.ReadAllText(Path.Combine(folder, "info")));
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_with_the_hint()
    {
        var exec = new JsonObject { ["command"] = "no-such-plugin", ["apiVersion"] = ExecSettings.V1, ["interactiveMode"] = "Never", ["installHint"] = "apt install it\n" };
        var error = Assert.Throws<KubeconfigException>(() => Plugin(exec).Read());
        Assert.Equal("users[u].user.exec", error.Field);
        Assert.Equal(
            "getting credentials: exec: executable no-such-plugin not found\n\n"
                + "It looks like you are trying to use a client-go credential plugin that is not installed.\n\n"
                + "To learn more about this feature, consult the documentation available at:\n"
                + "      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins\n\n"
                + "apt install it",
            error.Problem);
    }

    [Theory]
    [InlineData("echo secret; exit 3", "Never", "failed with exit code 3")]
    [InlineData("echo secret", "Never", "decoding stdout: it is not JSON")]
    [InlineData("echo secret", "Always", "exec plugin cannot support interactive mode: a notebook has no terminal; use interactiveMode IfAvailable or Never")]
    public void What_goes_wrong_is_said_without_what_it_printed(string script, string mode, string problem)
    {
        Script("bad", script);
        var exec = new JsonObject { ["command"] = "./bad", ["apiVersion"] = ExecSettings.V1, ["interactiveMode"] = mode };
        var error = Assert.Throws<KubeconfigException>(() => Plugin(exec).Read());
        Assert.EndsWith(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("getting credentials: ", error.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static string Echo(string token, string expires) =>
        $"cat <<END\n{Answer.Replace("TOKEN", token, StringComparison.Ordinal).Replace("EXPIRES", expires, StringComparison.Ordinal)}\nEND\n";

    private JsonObject CountingScript(string expires)
    {
        Script("count", "f=\"$(dirname \"$0\")/n\"; n=$(($(cat \"$f\" 2>/dev/null || echo 0)+1)); echo $n > \"$f\"\n" + Echo("t$n", expires));
        return new JsonObject { ["command"] = "./count", ["apiVersion"] = ExecSettings.V1, ["interactiveMode"] = "Never" };
    }

    private ExecPlugin Plugin(JsonObject exec, JsonObject? cluster = null)
    {
        var file = Path.Combine(folder, "config");
        return new ExecPlugin(new KubeconfigEntry(file, "users[u].user.exec", exec), new KubeconfigEntry(file, "clusters[c].cluster", cluster ?? []), clock);
    }

    private void Script(string name, string text) => Scripts.Write(Path.Combine(folder, name), $"#!/bin/sh\n{text}\n");
}
