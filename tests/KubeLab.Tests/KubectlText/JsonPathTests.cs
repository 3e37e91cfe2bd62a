using System.Text.Json.Nodes;
using KubeLab.KubectlText;
using KubeLab.KubectlText.Paths;

namespace KubeLab.Tests.KubectlText;

public sealed class JsonPathTests
{
    private const string List = """
        {"kind":"List","items":[
          {"kind":"None","metadata":{"name":"127.0.0.1","labels":{"kubernetes.io/hostname":"127.0.0.1"}},"status":{"capacity":{"cpu":"4"},"ready":true,
           "addresses":[{"type":"LegacyHostIP","address":"127.0.0.1"}]}},
          {"kind":"None","metadata":{"name":"127.0.0.2"},"status":{"capacity":{"cpu":"8"},"ready":false,"restarts":3,
           "addresses":[{"type":"LegacyHostIP","address":"127.0.0.2"},{"type":"another","address":"127.0.0.3"}]}}],
         "users":[{"name":"myself","user":{}},{"name":"e2e","user":{"username":"admin","password":"secret"}}]}
        """;

    // The first rows are those of https://kubernetes.io/docs/reference/kubectl/jsonpath/.
    [Theory]
    [InlineData("kind is {.kind}", "kind is List")]
    [InlineData("{.kind}", "List")]
    [InlineData("{['kind']}", "List")]
    [InlineData("{..name}", "127.0.0.1 127.0.0.2 myself e2e")]
    [InlineData("{.items[*].metadata.name}", "127.0.0.1 127.0.0.2")]
    [InlineData("{.users[0].name}", "myself")]
    [InlineData("{.items[*]['metadata.name', 'status.capacity']}", "")]
    [InlineData("{.items[*]['kind', 'metadata']['name']}", "127.0.0.1 127.0.0.2")]
    [InlineData("{.users[?(@.name==\"e2e\")].user.password}", "secret")]
    [InlineData("{range .items[*]}[{.metadata.name}, {.status.capacity}] {end}", "[127.0.0.1, {\"cpu\":\"4\"}] [127.0.0.2, {\"cpu\":\"8\"}] ")]
    [InlineData("{.items[0].metadata.labels.kubernetes\\.io/hostname}", "127.0.0.1")]
    [InlineData("{.items[-1].metadata.name}", "127.0.0.2")]
    [InlineData("{.items[0:1].metadata.name}", "127.0.0.1")]
    [InlineData("{.items[?(@.status.ready==true)].metadata.name}", "127.0.0.1")]
    [InlineData("{.items[?(@.status.restarts>2)].metadata.name}", "127.0.0.2")]
    [InlineData("{.items[?(@.status.restarts)].metadata.name}", "127.0.0.2")]
    [InlineData("{.items[*].status.addresses[?(@.type!=\"another\")].address}", "127.0.0.1 127.0.0.2")]
    [InlineData("{range .items[*]}{.metadata.name}{\"\\t\"}{.status.ready}{\"\\n\"}{end}", "127.0.0.1\ttrue\n127.0.0.2\tfalse\n")]
    [InlineData("{range .nothing[*]}x{end}y", "y")]
    [InlineData("{.nothing}", "")]
    public void A_template_prints_what_its_paths_find(string template, string expected) =>
        Assert.Equal(expected, JsonPath.Parse(template).Print(JsonNode.Parse(List)));

    [Theory]
    [InlineData("{.items[*]", "error: error parsing jsonpath {.items[*], unclosed action")]
    [InlineData("{.items[?(@.a==\"b]}", "error: error parsing jsonpath {.items[?(@.a==\"b]}, unterminated quoted string")]
    public void A_template_that_cannot_be_read_is_refused(string template, string message) =>
        Assert.Equal(message, Assert.Throws<Failure>(() => JsonPath.Parse(template)).Message);

    [Theory]
    [InlineData(".metadata.name")]
    [InlineData("metadata.name")]
    [InlineData("{.metadata.name}")]
    public void Braces_and_the_first_dot_may_be_left_out_where_only_a_path_can_stand(string path) =>
        Assert.Equal("x", JsonPath.Relaxed(path).Find(JsonNode.Parse("""{"metadata":{"name":"x"}}"""))[0]!.GetValue<string>());
}
