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
    [InlineData("{clusters: [{name: c, cluster: {server: h}}]}", "current-context: no context chosen; name one, or run: kubectl config use-context NAME. There is: none")]
    [InlineData("{current-context: a}", "current-context: context was not found for specified context: a; there is: none")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {user: u}}]}", "contexts[a].context.cluster: cluster was not specified for context \"a\"")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {cluster: c}}]}", "contexts[a].context.user: user was not specified for context \"a\"")]
    [InlineData(
        "{current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: h}}]}",
        "contexts[a].context.user: user \"u\" was not found for context \"a\"; there is: none")]
    [InlineData(
        "{current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}], clusters: [{name: d, cluster: {}}], users: [{name: u}]}",
        "contexts[a].context.cluster: cluster \"c\" was not found for context \"a\"; there is: d")]
    [InlineData(
        "{current-context: a, contexts: [{name: a, context: {cluster: c, user: u, namespace: a.b}}], clusters: [{name: c, cluster: {server: h}}], users: [{name: u}]}",
        "contexts[a].context.namespace: namespace \"a.b\" for context \"a\" does not conform to the kubernetes DNS_LABEL rules")]
    [InlineData("{clusters: [{cluster: {}}]}", "clusters[0].name: must be a text")]
    [InlineData("{clusters: {}}", "clusters: must be a list")]
    [InlineData("{clusters: [{name: c, cluster: 1}]}", "clusters[c].cluster: must be an object")]
    [InlineData("[]", "is not a kubeconfig, which has clusters, users and contexts")]
    public void What_is_missing_is_named_with_file_and_field(string yaml, string problem)
    {
        var path = Write("config", yaml);
        var error = Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path));
        Assert.True(error.Message == $"{path}: {problem}", error.Message);
    }

    [Theory]
    [InlineData("", "", "clusters[c].cluster.server: cluster has no server defined")]
    [InlineData("proxy-url: 'http://p'", "", "clusters[c].cluster.server: no server found for cluster \"c\"")]
    [InlineData("server: 'ftp://h'", "", "clusters[c].cluster.server: is not an address such as https://127.0.0.1:6443")]
    [InlineData("server: 'https://me:secret@h'", "", "clusters[c].cluster.server: is not an address such as https://127.0.0.1:6443")]
    [InlineData("server: 'https://h', certificate-authority: a, certificate-authority-data: aGVsbG8=", "",
        "clusters[c].cluster.certificate-authority: certificate-authority-data and certificate-authority are both specified for c. certificate-authority-data will override.")]
    [InlineData("server: 'https://h', certificate-authority: nosuch.pem", "", "clusters[c].cluster.certificate-authority: cannot read ")]
    [InlineData("server: 'https://h', certificate-authority-data: '%%'", "", "clusters[c].cluster.certificate-authority-data: is not base64")]
    [InlineData("server: 'https://h', certificate-authority-data: aGVsbG8=", "", "clusters[c].cluster.certificate-authority: holds no certificate")]
    [InlineData("server: 'https://h', certificate-authority-data: aGVsbG8=, insecure-skip-tls-verify: true", "",
        "clusters[c].cluster.insecure-skip-tls-verify: specifying a root certificates file with the insecure flag is not allowed")]
    [InlineData("server: 'https://h', insecure-skip-tls-verify: 'yes'", "", "clusters[c].cluster.insecure-skip-tls-verify: must be true or false, but is a text")]
    [InlineData("server: 'https://h', proxy-url: 'ftp://me:secret@p'", "", "clusters[c].cluster.proxy-url: unsupported scheme, must be http, https, or socks5")]
    [InlineData("server: 'https://h'", "client-certificate-data: aGVsbG8=",
        "users[u].user.client-key: client-key-data or client-key must be specified for u to use the clientCert authentication method.")]
    [InlineData("server: 'https://h'", "client-certificate-data: aGVsbG8=, client-certificate: x, client-key: k",
        "users[u].user.client-certificate: client-cert-data and client-cert are both specified for u. client-cert-data will override.")]
    [InlineData("server: 'https://h'", "client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=, client-key: k",
        "users[u].user.client-key: client-key-data and client-key are both specified for u; client-key-data will override")]
    [InlineData("server: 'https://h'", "client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=",
        "users[u].user.client-certificate: certificate and key cannot be used: ")]
    [InlineData("server: 'https://h'", "auth-provider: {name: gcp}", "users[u].user.auth-provider: was removed in Kubernetes 1.26")]
    [InlineData("server: 'https://h'", "auth-provider: {name: gcp}, exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}",
        "users[u].user.auth-provider: authProvider cannot be provided in combination with an exec plugin for u")]
    [InlineData("server: 'https://h'", "token: t, username: me", "users[u].user: more than one authentication method found for u; found [token basicAuth], only one is allowed")]
    [InlineData("server: 'https://h'", "token: 12345", "users[u].user.token: must be a text, but is a number (put it in quotes)")]
    [InlineData("server: 'https://h'", "as-groups: [a]", "users[u].user.as: requesting uid, groups or user-extra for u without impersonating a user")]
    [InlineData("server: 'https://h'", "exec: {}", "users[u].user.exec.command: command must be specified for u to use exec authentication plugin")]
    [InlineData("server: 'https://h'", "exec: {command: x}", "users[u].user.exec.apiVersion: apiVersion must be specified for u to use exec authentication plugin")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}",
        "users[u].user.exec.interactiveMode: interactiveMode must be specified for u to use exec authentication plugin")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Sometimes}",
        "users[u].user.exec.interactiveMode: invalid interactiveMode for u: \"Sometimes\"")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}",
        "users[u].user.exec.apiVersion: exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\"")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: x}]}",
        "users[u].user.exec.env: env variable name must be specified for u to use exec authentication plugin")]
    public void What_cannot_be_used_is_named_in_upstreams_words(string cluster, string user, string problem)
    {
        var path = Write("config", Config(cluster, user));
        var error = Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path).CreateHandler());
        Assert.True(error.Message.StartsWith($"{path}: {problem}", StringComparison.Ordinal), error.Message);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tab_in_the_file_is_named_with_its_line()
    {
        var path = Write("config", "clusters:\n\t- name: c\n");
        Assert.Contains("line 2", Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_about_a_context_lists_those_that_exist()
    {
        var path = Write("config", "{contexts: [{name: b, context: {}}, {name: a, context: {}}]}");
        Assert.Equal(
            $"{path}: contexts: context was not found for specified context: c; there is: a, b",
            Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path, "c")).Message);
    }

    [Fact]
    public async Task Acting_as_another_is_said_in_headers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Task.Run(() => AnswerOnce(listener));
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var user = "token: t, as: jane, as-uid: '7', as-groups: [dev, ops], as-user-extra: {example.com/scope: [a]}";
        using var http = new HttpMessageInvoker(Kubeconfig.Load(Write("config", Config($"server: '{address}'", user))).CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}/version"));
        using var response = http.Send(request, CancellationToken.None);
        var sent = await server;
        Assert.Contains("Impersonate-User: jane\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("Impersonate-Uid: 7\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("dev", sent, StringComparison.Ordinal);
        Assert.Contains("ops", sent, StringComparison.Ordinal);
        Assert.Contains("Impersonate-Extra-example.com%2Fscope: a\r\n", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token: secret", "Bearer secret")]
    [InlineData("tokenFile: token.txt", "Bearer from-file")]
    [InlineData("tokenFile: token.txt, token: other", "Bearer from-file")]
    [InlineData("tokenFile: nosuch.txt, token: other", "Bearer other")]
    [InlineData("username: me, password: you", "Basic bWU6eW91")]
    [InlineData(
        "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: /bin/sh, args: [-c, "
            + "'echo \"{\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\",\\\"kind\\\":\\\"ExecCredential\\\",\\\"status\\\":{\\\"token\\\":\\\"$GIVEN\\\"}}\"'], "
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
