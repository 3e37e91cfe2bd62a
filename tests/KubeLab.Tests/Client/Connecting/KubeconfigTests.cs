using System.Net;
using System.Net.Sockets;
using System.Text;
using KubeLab.Client.Connecting;

namespace KubeLab.Tests.Client.Connecting;

public sealed class KubeconfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_current_context_leads_to_cluster_user_and_namespace()
    {
        var config = Kubeconfig.Load(Write("config", """
            current-context: dev
            contexts:
            - {name: dev, context: {cluster: c, user: u, namespace: shop}}
            - {name: prod, context: {cluster: d, user: u}}
            clusters:
            - {name: c, cluster: {server: "https://10.0.0.1:6443"}}
            - {name: d, cluster: {server: "https://10.0.0.2"}}
            users: [{name: u, user: {token: t}}]
            """));
        Assert.Equal(("dev", "shop", new Uri("https://10.0.0.1:6443")), (config.Context, config.Namespace, config.Server));
        Assert.Equal(new Uri("https://10.0.0.2"), Kubeconfig.Load(Path.Combine(folder, "config"), "prod").Server);
    }

    [Theory]
    [InlineData("{contexts: []}", "current-context: is not set; name a context, or run: kubectl config use-context NAME")]
    [InlineData("{current-context: a}", "current-context: there is no \"a\" among the contexts; there is: none")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {}}]}", "contexts[a].context.cluster: is not set")]
    [InlineData(
        "{current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: d, cluster: {}}]}",
        "contexts[a].context.cluster: there is no \"c\" among the clusters; there is: d")]
    [InlineData(
        "{current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: nowhere}}]}",
        "clusters[c].cluster.server: \"nowhere\" is not an address such as https://127.0.0.1:6443")]
    [InlineData("{clusters: [{cluster: {}}]}", "clusters[0].name: must be a text")]
    public void What_is_missing_is_named_with_file_and_field(string yaml, string problem)
    {
        var path = Write("config", yaml);
        Assert.Equal($"{path}: {problem}", Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path)).Message);
    }

    [Theory]
    [InlineData("certificate-authority: nosuch.pem", "", "clusters[c].cluster.certificate-authority: cannot read ")]
    [InlineData("certificate-authority-data: '%%'", "", "clusters[c].cluster.certificate-authority-data: is not base64")]
    [InlineData("certificate-authority-data: aGVsbG8=", "", "clusters[c].cluster.certificate-authority: holds no certificate")]
    [InlineData("", "client-certificate-data: aGVsbG8=", "users[u].user.client-key: is not set, but client-certificate is")]
    [InlineData("", "client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=", "users[u].user.client-certificate: certificate and key cannot be used: ")]
    [InlineData("", "auth-provider: {name: gcp}", "users[u].user.auth-provider: was removed in Kubernetes 1.26")]
    public void What_cannot_prove_who_speaks_is_named(string cluster, string user, string problem)
    {
        var path = Write("config", Config($"server: 'https://h', {cluster}", user));
        var error = Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path).CreateHandler());
        Assert.StartsWith($"{path}: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tab_in_the_file_is_named_with_its_line()
    {
        var path = Write("config", "clusters:\n\t- name: c\n");
        Assert.Contains("line 2", Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token: secret", "Bearer secret")]
    [InlineData("tokenFile: token.txt", "Bearer from-file")]
    [InlineData("username: me, password: you", "Basic bWU6eW91")]
    [InlineData(
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: [-c, 'echo \"{\\\"status\\\":{\\\"token\\\":\\\"$GIVEN\\\"}}\"'], "
            + "env: [{name: GIVEN, value: from-plugin}]}",
        "Bearer from-plugin")]
    public async Task A_request_carries_what_proves_who_speaks(string user, string header)
    {
        Write("token.txt", "from-file\n");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Task.Run(() => AnswerOnce(listener));
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var http = new HttpMessageInvoker(Kubeconfig.Load(Write("config", Config($"server: 'http://127.0.0.1:{port}'", user))).CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/version"));
        using var response = http.Send(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"Authorization: {header}", await server, StringComparison.Ordinal);
    }

    private static string AnswerOnce(TcpListener listener)
    {
        using var client = listener.AcceptTcpClient();
        var stream = client.GetStream();
        var buffer = new byte[8192];
        var text = new StringBuilder();
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, stream.Read(buffer)));
        }

        stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        return text.ToString();
    }

    private static string Config(string cluster, string user) =>
        "{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], "
        + $"clusters: [{{name: c, cluster: {{{cluster}}}}}], users: [{{name: u, user: {{{user}}}}}]}}";

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
