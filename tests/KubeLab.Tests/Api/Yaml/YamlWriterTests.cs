using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using YamlText = KubeLab.Api.Yaml.Yaml;

namespace KubeLab.Tests.Api.Yaml;

public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "two words")]
    [InlineData("", "\"\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("80", "\"80\"")]
    [InlineData("0x1f", "\"0x1f\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("100m", "100m")]
    [InlineData("2024-01-02T03:04:05Z", "\"2024-01-02T03:04:05Z\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("nginx:1.27", "nginx:1.27")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a:", "'a:'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("a#b", "a#b")]
    [InlineData("#a", "'#a'")]
    [InlineData("- a", "'- a'")]
    [InlineData("-a", "-a")]
    [InlineData("--flag=x", "--flag=x")]
    [InlineData("---", "'---'")]
    [InlineData("*", "'*'")]
    [InlineData("{}", "'{}'")]
    [InlineData("[a]", "'[a]'")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'''quoted'''")]
    [InlineData("\"quoted\"", "'\"quoted\"'")]
    [InlineData("say \"hi\"", "say \"hi\"")]
    [InlineData(" a", "' a'")]
    [InlineData("a ", "'a '")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("50%", "50%")]
    [InlineData("%50", "'%50'")]
    [InlineData("@a", "'@a'")]
    [InlineData("=", "=")]
    [InlineData("<<", "<<")]
    [InlineData("ü", "ü")]
    [InlineData("😀", "\"\\U0001F600\"")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("\u0001", "\"\\x01\"")]
    [InlineData("a\nb\n", "|\n  a\n  b")]
    [InlineData("a\nb", "|-\n  a\n  b")]
    [InlineData("a\n\nb\n\n", "|+\n  a\n\n  b\n")]
    [InlineData(" a\nb", "|2-\n   a\n  b")]
    [InlineData("a \nb", "\"a \\nb\"")]
    [InlineData("a\tb\nc", "\"a\\tb\\nc\"")]
    public void Texts_are_quoted_only_where_they_would_be_read_as_something_else(string text, string yaml)
    {
        Assert.Equal($"a: {yaml}\n", YamlText.Write(new JsonObject { ["a"] = text }));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-5", "-5")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1e6", "1e+06")]
    [InlineData("1234567.5", "1.2345675e+06")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    public void Other_values_are_plain(string json, string yaml)
    {
        Assert.Equal($"a: {yaml}\n", YamlText.Write(JsonNode.Parse($$"""{"a":{{json}}}""")));
    }

    [Fact]
    public void An_object_prints_as_kubectl_prints_it()
    {
        var pod = JsonNode.Parse("""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","labels":{"b10":"1","b9":"2","B":"3"},"annotations":{}},
             "spec":{"containers":[{"name":"a","args":["-c","echo 1\necho 2\n"],"env":[{"name":"X","value":"1"}]},{"name":"b"}],
             "nested":[["a","b"],[{"c":"d","e":[]}],[]]},
             "status":{"conditions":[{"type":"PodScheduled","message":"0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod."}]}}
            """);
        Assert.Equal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              annotations: {}
              labels:
                B: "3"
                b9: "2"
                b10: "1"
              name: web
            spec:
              containers:
              - args:
                - -c
                - |
                  echo 1
                  echo 2
                env:
                - name: X
                  value: "1"
                name: a
              - name: b
              nested:
              - - a
                - b
              - - c: d
                  e: []
              - []
            status:
              conditions:
              - message: '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are
                  available: 3 No preemption victims found for incoming pod.'
                type: PodScheduled

            """,
            YamlText.Write(pod));
    }

    [Fact]
    public void Lists_and_scalars_may_be_the_root()
    {
        Assert.Equal("- a\n- b: 1\n", YamlText.Write(JsonNode.Parse("""["a",{"b":1}]""")));
        Assert.Equal("null\n", YamlText.Write(null));
        Assert.Equal("{}\n", YamlText.Write(new JsonObject()));
    }

    [Fact]
    public void Reading_what_was_printed_gives_the_same_document() =>
        Prop.ForAll(Arb.From(Gen.Sized(size => Node(Math.Min(size, 30)))), node =>
        {
            var document = new JsonObject { ["root"] = node?.DeepClone() };
            var yaml = YamlText.Write(document);
            return JsonNode.DeepEquals(document, YamlText.Read(yaml)) ? true : throw new InvalidOperationException(yaml);
        }).QuickCheckThrowOnFailure();

    private static Gen<JsonNode?> Node(int size) => size <= 1
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (1, Gen.ListOf(Text.Zip(Node(size / 3)), 4).Select(fields =>
            {
                var map = new JsonObject();
                foreach (var (key, value) in fields)
                {
                    map[key] = value?.DeepClone();
                }

                return (JsonNode?)map;
            })),
            (1, Gen.ListOf(Node(size / 3), 3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))));

    private static Gen<JsonNode?> Scalar => Gen.Frequency(
        (6, Text.Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, ArbMap.Default.GeneratorFor<long>().Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Elements(0.5, 1.25, 1e-9, 1e300, 123456789.5).Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Elements(true, false).Select(value => (JsonNode?)JsonValue.Create(value))),
        (1, Gen.Constant((JsonNode?)null)));

    // Texts made of whatever gives YAML trouble.
    private static Gen<string> Text => Gen.ListOf(Gen.Elements(
        "a", "yes", "1", ":", " ", "  ", "\n", "\t", "#", "-", "'", "\"", "\\", "{", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?", "~", "ü", "😀",
        "\r", "\u0085", "\u2028", "some longer words that make a line fold", "0x", ".", "e")).Select(parts => string.Concat(parts));
}
