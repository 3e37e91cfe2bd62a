using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;
using KubeLab.Http.Identity;

namespace KubeLab.Http.Tests.Identity;

public sealed class KubeconfigFileTests : IDisposable
{
    private const string Other = """
        apiVersion: v1
        kind: Config
        clusters:
        - name: work
          cluster: {server: "https://work.example"}
        contexts:
        - name: work
          context: {cluster: work, user: me, namespace: mine}
        current-context: work
        preferences: {colors: true}
        users:
        - name: me
          user: {token: "0123"}
        """;

    private static readonly Uri First = new("https://127.0.0.1:1001/");
    private static readonly Uri Second = new("https://127.0.0.1:1002/");
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("kubelab-").FullName, "config");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void A_new_file_is_made_for_its_owner_only_and_goes_with_the_cluster()
    {
        var file = Add(First);
        Assert.Equal("kubelab", (string?)Read()["current-context"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        file.Remove();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void What_is_in_a_file_stays_and_its_context_is_current_again_afterwards()
    {
        File.WriteAllText(path, Other);
        var file = Add(First);
        var merged = Read();
        Assert.Equal("kubelab", (string?)merged["current-context"]);
        Assert.Equal(["work", "kubelab"], merged["clusters"]!.AsArray().Select(c => (string?)c!["name"]));
        Assert.Equal("0123", (string?)merged["users"]![0]!["user"]!["token"]);
        file.Remove();
        Assert.True(JsonNode.DeepEquals(Yaml.Read(Other), Read()), Read().ToJsonString());
    }

    [Fact]
    public void A_later_cluster_of_the_name_takes_the_place_and_is_not_taken_out_by_the_earlier()
    {
        File.WriteAllText(path, Other);
        var first = Add(First);
        var second = Add(Second);
        Assert.Equal(2, Read()["clusters"]!.AsArray().Count);
        first.Remove();
        Assert.Equal("https://127.0.0.1:1002", (string?)Read()["clusters"]![1]!["cluster"]!["server"]);
        second.Remove();
        Assert.Single(Read()["clusters"]!.AsArray());
    }

    [Fact]
    public void Whose_process_ended_is_taken_out_and_nobody_elses_cluster_becomes_current_unless_it_is_a_notebooks_too()
    {
        File.WriteAllText(path, Other);
        Add(First, "one", 17);
        Add(Second, "two", 18);
        KubeconfigFile.RemoveOf(path, process => process == 18);
        Assert.Equal("one", (string?)Read()["current-context"]);
        Assert.Equal(["work", "one"], Read()["clusters"]!.AsArray().Select(c => (string?)c!["name"]));
        KubeconfigFile.RemoveOf(path, process => process == 17);
        Assert.Equal("", (string?)Read()["current-context"]);
        Assert.Equal(["me"], Read()["users"]!.AsArray().Select(c => (string?)c!["name"]));
    }

    [Theory]
    [InlineData("kind: Pod\n")]
    [InlineData("- a list\n")]
    [InlineData("a: [\n")]
    [InlineData("just words\n")]
    public void What_is_no_kubeconfig_is_left_alone(string text)
    {
        File.WriteAllText(path, text);
        Assert.Contains("is no kubeconfig", Assert.Throws<IOException>(() => Add(First)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    private KubeconfigFile Add(Uri address, string name = "kubelab", int? process = null) =>
        KubeconfigFile.Add(path, name, address, KubeconfigText.Of(name, address, "CA", [new ClientIdentity("admin", "C", "K")], process));

    private JsonObject Read() => (JsonObject)Yaml.Read(File.ReadAllText(path))!;
}
