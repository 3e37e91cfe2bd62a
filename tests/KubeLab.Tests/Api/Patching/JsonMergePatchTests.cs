using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Patching;

namespace KubeLab.Tests.Api.Patching;

public sealed class JsonMergePatchTests
{
    // RFC 7386, appendix A.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Objects_merge_null_deletes_and_all_else_replaces(string target, string patch, string result)
    {
        Assert.Equal(result, JsonMergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch))?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Applying_a_created_patch_gives_the_modified_document() =>
        Prop.ForAll(Manifests.Deployments, Manifests.Deployments, (original, modified) =>
            JsonNode.DeepEquals(modified, JsonMergePatch.Apply(original, JsonMergePatch.Create(original, modified))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_three_way_patch_leaves_alone_what_others_own()
    {
        var patch = JsonMergePatch.Create(
            JsonNode.Parse("""{"spec":{"a":1,"b":2}}"""),
            JsonNode.Parse("""{"spec":{"a":9,"new":{}}}"""),
            JsonNode.Parse("""{"spec":{"a":1,"b":2,"theirs":3},"status":{"x":1}}"""));
        Assert.Equal("""{"spec":{"b":null,"a":9,"new":{}}}""", patch!.ToJsonString());
    }
}
