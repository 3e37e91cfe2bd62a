using System.Text.Json.Nodes;

namespace KubeLab.Tests.Api.Yaml;

public sealed class YamlNumberTests
{
    [Fact]
    public void A_number_beyond_all_readers_is_written_as_it_is() =>
        Assert.Equal("a: 1e999\n", KubeLab.Api.Yaml.Yaml.Write(JsonNode.Parse("""{"a":1e999}""")));
}
