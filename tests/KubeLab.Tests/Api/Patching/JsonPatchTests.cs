using System.Text.Json.Nodes;
using KubeLab.Api.Patching;

namespace KubeLab.Tests.Api.Patching;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":[1,3]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/-","value":2}]""", """{"a":[1,2]}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"remove","path":"/a/-1"}]""", """{"a":[1]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"replace","path":"/a/b","value":{"c":null}}]""", """{"a":{"b":{"c":null}}}""")]
    [InlineData("""{"a":{"b":1},"c":{}}""", """[{"op":"move","from":"/a/b","path":"/c/d"}]""", """{"a":{},"c":{"d":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("""{"a/b":{"~":1}}""", """[{"op":"test","path":"/a~1b/~0","value":1},{"op":"remove","path":"/a~1b"}]""", "{}")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/missing","value":null}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("[1,2]", """[{"op":"remove","path":"/0"}]""", "[2]")]
    [InlineData("{}", "[]", "{}")]
    public void Operations_are_applied_in_order(string document, string patch, string result)
    {
        var before = JsonNode.Parse(document);
        Assert.Equal(result, JsonPatch.Apply(before, JsonNode.Parse(patch))!.ToJsonString());
        Assert.Equal(document, before!.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/b","value":1}]""", "add operation does not apply: doc is missing path: \"/a/b\": missing value")]
    [InlineData("""[{"op":"remove","path":"/a"}]""", "error in remove for path: '/a': unable to remove nonexistent key: a: missing value")]
    [InlineData("""[{"op":"remove","path":"/a/b"}]""", "remove operation does not apply: doc is missing path: \"/a/b\": missing value")]
    [InlineData("""[{"op":"replace","path":"/a","value":1}]""", "replace operation does not apply: doc is missing key: /a: missing value")]
    [InlineData("""[{"op":"replace","path":"/a/b","value":1}]""", "replace operation does not apply: doc is missing path: /a/b: missing value")]
    [InlineData("""[{"op":"move","from":"/a","path":"/b"}]""", "error in move for path: 'a': unable to get nonexistent key: a: missing value")]
    [InlineData("""[{"op":"copy","from":"/a","path":"/b"}]""", "error in copy for from: '/a': unable to get nonexistent key: a: missing value")]
    [InlineData("""[{"op":"test","path":"/list","value":1}]""", "testing value /list failed: test failed")]
    [InlineData("""[{"op":"add","path":"/list/9","value":1}]""",
        "error in add for path: '/list/9': Unable to access invalid index: 9: invalid index referenced")]
    [InlineData("""[{"op":"add","path":"/list/x","value":1}]""",
        "error in add for path: '/list/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("""[{"op":"jump","path":"/a"}]""", "Unexpected kind: jump")]
    [InlineData("""[{"op":"remove"}]""", "remove operation failed to decode path: missing value")]
    [InlineData("{}", "json: cannot unmarshal object into Go value of type jsonpatch.Patch")]
    public void Operations_that_do_not_fit_are_refused_in_upstreams_words(string patch, string message)
    {
        var error = Assert.Throws<PatchException>(() => JsonPatch.Apply(JsonNode.Parse("""{"list":[1]}"""), JsonNode.Parse(patch)));
        Assert.Equal(message, error.Message);
    }
}
