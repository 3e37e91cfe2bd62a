using KubeLab.Client.Connecting;
using KubeLab.Connected;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Connected;

/// <summary>Tokens, against a served cluster that knows one.</summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab-").FullName;
    private ServedCluster served = null!;

    public async Task InitializeAsync() => served = await ServedCluster.StartAsync(speed: 1, workers: 0);

    public async Task DisposeAsync()
    {
        await served.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_token_in_a_file_is_read_anew_for_each_request()
    {
        var file = Path.Combine(folder, "token");
        File.WriteAllText(file, served.Server.Token + "\n");
        using var cluster = ConnectedCluster.Open(Kubeconfig.Load(Write("tokenFile: token")));
        Assert.Single(cluster.Nodes());
        File.WriteAllText(file, "denied");
        Assert.Equal("error: You must be logged in to the server (Unauthorized)\n", cluster.Kubectl("get nodes").StdErr);
        File.WriteAllText(file, served.Server.Token);
        Assert.Equal(0, cluster.Kubectl("get nodes").ExitCode);
    }

    [Fact]
    public void A_refused_token_makes_the_plugin_give_another_once()
    {
        var script = Path.Combine(folder, "plugin");
        Scripts.Write(script, $$"""
            #!/bin/sh
            n=$(($(cat {{folder}}/n 2>/dev/null || echo 0)+1)); echo $n > {{folder}}/n
            token=stale; [ $n -gt 1 ] && token={{served.Server.Token}}
            echo "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"$token\" } }"
            """);
        using var cluster = ConnectedCluster.Open(Kubeconfig.Load(Write($"exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: {script}}}")));
        Assert.Single(cluster.Nodes());
        Assert.Equal("2", File.ReadAllText(Path.Combine(folder, "n")).Trim());
    }

    private string Write(string user)
    {
        var path = Path.Combine(folder, "config");
        var authority = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(served.Server.AuthorityPem));
        File.WriteAllText(path, "{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], "
            + $"clusters: [{{name: c, cluster: {{server: '{served.Server.Address}', certificate-authority-data: {authority}}}}}], users: [{{name: u, user: {{{user}}}}}]}}");
        return path;
    }
}
