using KubeLab.Api.Yaml;
using YamlText = KubeLab.Api.Yaml.Yaml;

namespace KubeLab.Tests.Api.Yaml;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: true", "true")]
    [InlineData("a: yes", "true")]
    [InlineData("a: on", "true")]
    [InlineData("a: y", "true")]
    [InlineData("a: Off", "false")]
    [InlineData("a: 'yes'", "\"yes\"")]
    [InlineData("a: yep", "\"yep\"")]
    [InlineData("a: ~", "null")]
    [InlineData("a:", "null")]
    [InlineData("a: null", "null")]
    [InlineData("a: ''", "\"\"")]
    [InlineData("a: 80", "80")]
    [InlineData("a: +80", "80")]
    [InlineData("a: -80", "-80")]
    [InlineData("a: 0777", "511")]
    [InlineData("a: 0o777", "511")]
    [InlineData("a: 0x1F", "31")]
    [InlineData("a: 0b101", "5")]
    [InlineData("a: 1_000", "1000")]
    [InlineData("a: 089", "89")]
    [InlineData("a: 1.10", "1.1")]
    [InlineData("a: 1.0", "1")]
    [InlineData("a: .5", "0.5")]
    [InlineData("a: 1e3", "1000")]
    [InlineData("a: 1e21", "1e+21")]
    [InlineData("a: 1e-7", "1e-7")]
    [InlineData("a: 18446744073709551615", "18446744073709551615")]
    [InlineData("a: 100000000000000000000", "100000000000000000000")]
    [InlineData("a: 2024-01-02", "\"2024-01-02\"")]
    [InlineData("a: 2024-01-02T03:04:05Z", "\"2024-01-02T03:04:05Z\"")]
    [InlineData("a: 12:30:45", "\"12:30:45\"")]
    [InlineData("a: 1.2.3", "\"1.2.3\"")]
    [InlineData("a: 0x", "\"0x\"")]
    [InlineData("a: 100m", "\"100m\"")]
    [InlineData("a: !!str 5", "\"5\"")]
    [InlineData("a: !!int 5", "5")]
    [InlineData("a: !!float 5", "5")]
    [InlineData("a: !!binary aGk=", "\"hi\"")]
    [InlineData("a: |\n  x\n  y\n", "\"x\\ny\\n\"")]
    [InlineData("a: |-\n  x\n  y\n", "\"x\\ny\"")]
    [InlineData("a: >\n  x\n  y\n", "\"x y\\n\"")]
    [InlineData("a: [1, b, {c: d}]", "[1,\"b\",{\"c\":\"d\"}]")]
    [InlineData("a: # comment\n  b", "\"b\"")]
    public void Values_have_the_types_that_kubectl_sees(string yaml, string json)
    {
        Assert.Equal(json, YamlText.Read(yaml)!["a"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("80: x", "{\"80\":\"x\"}")]
    [InlineData("on: x", "{\"true\":\"x\"}")]
    [InlineData("1.5: x", "{\"1.5\":\"x\"}")]
    [InlineData("'on': x", "{\"on\":\"x\"}")]
    public void Keys_become_text(string yaml, string json)
    {
        Assert.Equal(json, YamlText.Read(yaml)!.ToJsonString());
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name() =>
        Assert.Equal("v1", (string?)YamlText.Read("\uFEFFapiVersion: v1\n")!["apiVersion"]);

    [Fact]
    public void Documents_are_separated_and_empty_ones_left_out()
    {
        var documents = YamlText.ReadDocuments("# nothing\n---\na: 1\n---\n# only a comment\n---\nb: 2\n...\n", "x.yaml");
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], documents.Select(document => document.Root.ToJsonString()));
        Assert.Equal((3, 7, "x.yaml"), (documents[0].Line, documents[1].Line, documents[1].Source));
        Assert.Empty(YamlText.ReadDocuments(""));
        Assert.Null(YamlText.Read("---\n"));
    }

    [Fact]
    public void Json_is_yaml()
    {
        Assert.Equal("""{"a":{"b":[1,"x",null]}}""", YamlText.Read("{\n\t\"a\": {\"b\": [1, \"x\", null]}\n}")!.ToJsonString());
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_are_resolved()
    {
        var node = YamlText.Read("""
            base: &base {a: 1, b: 2}
            more: &more {b: 9, c: 3}
            copy: *base
            one: {<<: *base, b: 5}
            two: {<<: [*base, *more], d: 4}
            """)!;
        Assert.Equal("""{"a":1,"b":2}""", node["copy"]!.ToJsonString());
        Assert.Equal("""{"b":5,"a":1}""", node["one"]!.ToJsonString());
        Assert.Equal("""{"d":4,"a":1,"b":2,"c":3}""", node["two"]!.ToJsonString());
    }

    [Theory]
    [InlineData("a: b\n\tc: d\n", "yaml: line 2: found a tab character that violates indentation")]
    [InlineData("a:\n\tc: d\n", "yaml: line 2: found character that cannot start any token")]
    [InlineData("a: {b: 1\nc: 2\n", "yaml: line 2: did not find expected ',' or '}'")]
    [InlineData("- a\nb: c\n", "yaml: line 2: did not find expected '-' indicator")]
    [InlineData("key: - a\n", "yaml: line 1: block sequence entries are not allowed in this context")]
    [InlineData("a: b\nc: @d\n", "yaml: line 2: found character that cannot start any token")]
    [InlineData("a: b\n c: d\n", "yaml: line 2: mapping values are not allowed in this context")]
    [InlineData("a: [1, 2\n", "yaml: line 2: did not find expected ',' or ']'")]
    [InlineData("a:\n  b: 1\n c: 2\n", "yaml: line 3: did not find expected key")]
    [InlineData("a: 'x\n", "yaml: line 1: found unexpected end of stream")]
    [InlineData("a: 1\nb\n", "yaml: line 2: could not find expected ':'")]
    [InlineData("a: *x\n", "yaml: line 1: unknown anchor 'x' referenced")]
    [InlineData("a: &x [*x]\n", "yaml: line 1: anchor 'x' value contains itself")]
    [InlineData("a: 1\nb: 2\na: 3\n", "yaml: unmarshal errors:\n  line 3: key \"a\" already set in map")]
    [InlineData("a: .inf\n", "yaml: line 1: json: unsupported value: +Inf")]
    [InlineData("a: !!int x\n", "yaml: line 1: cannot decode !!str `x` as a !!int")]
    [InlineData("<<: 1\n", "yaml: line 1: map merge requires map or sequence of maps as the value")]
    public void Errors_name_the_line_in_upstreams_words(string yaml, string message)
    {
        Assert.Equal($"error converting YAML to JSON: {message}", Assert.Throws<YamlSyntaxException>(() => YamlText.Read(yaml)).Message);
    }

    [Fact]
    public void Errors_of_later_documents_count_lines_from_the_start_of_the_text()
    {
        var error = Assert.Throws<YamlSyntaxException>(() => YamlText.ReadDocuments("a: 1\n---\nb: @\n", "x.yaml"));
        Assert.Equal((3, 4, "x.yaml"), (error.Line, error.Column, error.FileName));
    }

    [Fact]
    public void Alias_bombs_and_towers_are_refused()
    {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Contains("document contains excessive aliasing", Assert.Throws<YamlSyntaxException>(() => YamlText.Read(bomb)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "exceeded max depth", Assert.Throws<YamlSyntaxException>(() => YamlText.Read(new string('[', 100_000))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.containers[1].image", 8)]
    [InlineData("spec.containers[0].image", 6)]
    [InlineData("spec.containers[0].missing", 5)]
    [InlineData("spec.containers", 4)]
    [InlineData("spec.containers[1].labels[a.b/c]", 10)]
    [InlineData("missing", 1)]
    public void Every_field_knows_its_line(string path, int line)
    {
        var document = YamlText.ReadDocuments("""
            kind: Pod
            # comment
            spec:
              containers:
              - name: a
                image: x
              - name: b
                image: y
                labels:
                  a.b/c: d
            """)[0];
        Assert.Equal(line, document.LineOf(path));
    }
}
