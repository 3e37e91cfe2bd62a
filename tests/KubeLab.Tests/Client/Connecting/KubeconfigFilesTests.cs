using KubeLab.Client.Connecting;

namespace KubeLab.Tests.Client.Connecting;

public sealed class KubeconfigFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelab").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Of_entries_with_one_name_and_of_current_contexts_the_first_files_count()
    {
        var first = Write("a/one", """
            current-context: dev
            contexts: [{name: dev, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://first"}}]
            """);
        var second = Write("b/two", """
            current-context: prod
            contexts: [{name: dev, context: {cluster: other, user: u}}, {name: prod, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://second", tls-server-name: never-merged-in}}]
            users: [{name: u, user: {token: t}}]
            """);
        var environment = Environment($"{first}{Path.PathSeparator}{second}");
        var config = Kubeconfig.Load(null, null, environment);
        Assert.Equal(("dev", new Uri("https://first")), (config.Context, config.Server));
        Assert.Equal(new Uri("https://first"), Kubeconfig.Load(null, "prod", environment).Server);
        Assert.Equal(["dev", "prod"], Kubeconfig.Contexts(environment));
    }

    [Fact]
    public void A_path_counts_from_the_folder_of_its_own_file()
    {
        Write("b/ca.pem", "no certificate");
        var first = Write("a/one", "{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], users: [{name: u}]}");
        var second = Write("b/two", "{clusters: [{name: c, cluster: {server: 'https://h', certificate-authority: ca.pem}}]}");
        var config = Kubeconfig.Load(null, null, Environment($"{first}{Path.PathSeparator}{second}"));

        // Found in b, where it is named, and not in a.
        Assert.Contains("holds no certificate", Assert.Throws<KubeconfigException>(config.CreateHandler).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_the_list_that_do_not_exist_are_passed_over_but_a_named_one_must_be_there()
    {
        var real = Write("real", "{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], users: [{name: u}], clusters: [{name: c, cluster: {server: 'https://h'}}]}");
        var missing = Path.Combine(folder, "missing");
        Assert.Equal("x", Kubeconfig.Load(null, null, Environment($"{missing}{Path.PathSeparator}{real}{Path.PathSeparator}{Path.PathSeparator}{real}")).Context);
        Assert.Contains(missing, Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(missing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_variable_the_file_below_the_home_is_read()
    {
        Write(".kube/config", "{current-context: home, contexts: [{name: home, context: {cluster: c, user: u}}], users: [{name: u}], clusters: [{name: c, cluster: {server: 'https://h'}}]}");
        Assert.Equal("home", Kubeconfig.Load(null, null, Environment(null)).Context);
    }

    [Theory]
    [InlineData("")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n")]
    public void An_empty_file_is_no_configuration(string text)
    {
        var path = Write("empty", text);
        Assert.StartsWith(
            $"{path}: invalid configuration: no configuration has been provided", Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_without_files_speaks_with_its_account()
    {
        Write("account/token", "secret\n");
        Write("account/namespace", "team-a\n");
        var pod = Environment(null, ("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("KUBERNETES_SERVICE_PORT", "443"));
        var config = Kubeconfig.Load(null, null, pod);
        Assert.Equal(("in-cluster", "team-a", "https://10.0.0.1/"), (config.Context, config.Namespace, config.Server.ToString()));
        Assert.Equal("https://[fd00::1]:6443/", Kubeconfig.Load(
            null, null, Environment(null, ("KUBERNETES_SERVICE_HOST", "fd00::1"), ("KUBERNETES_SERVICE_PORT", "6443"))).Server.ToString());

        File.Delete(Path.Combine(folder, "account", "token"));
        Assert.Throws<KubeconfigException>(() => Kubeconfig.Load(null, null, pod));
    }

    private KubeEnvironment Environment(string? kubeconfig, params (string Name, string Value)[] more) => new(
        name => name == "KUBECONFIG" ? kubeconfig : more.FirstOrDefault(v => v.Name == name).Value,
        folder,
        Path.Combine(folder, "account"));

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
