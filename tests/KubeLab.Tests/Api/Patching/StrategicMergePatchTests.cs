using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Patching;

namespace KubeLab.Tests.Api.Patching;

public sealed class StrategicMergePatchTests
{
    [Theory]
    [InlineData("{containers:[{name:a,image:x},{name:b}]}", "{containers:[{name:a,image:y}]}", "{containers:[{name:a,image:y},{name:b}]}")]
    [InlineData("{containers:[{name:a}]}", "{containers:[{name:b}]}", "{containers:[{name:b},{name:a}]}")]
    [InlineData("{containers:[{name:a},{name:b}]}", "{containers:[{name:a,$patch:delete}]}", "{containers:[{name:b}]}")]
    [InlineData("{containers:[{name:a},{name:b}]}", "{containers:[{name:c},{$patch:replace}]}", "{containers:[{name:c}]}")]
    [InlineData("{containers:[{name:a}]}", "{containers:null}", "{}")]
    [InlineData("{nodeSelector:{a:x,b:y}}", "{nodeSelector:{$patch:replace,c:z}}", "{nodeSelector:{c:z}}")]
    [InlineData("{nodeSelector:{a:x,b:y}}", "{nodeSelector:{$patch:delete}}", "{nodeSelector:{}}")]
    [InlineData("{nodeSelector:{a:x,b:y}}", "{nodeSelector:{a:null}}", "{nodeSelector:{b:y}}")]
    [InlineData("{tolerations:[{key:a}]}", "{tolerations:[{key:b}]}", "{tolerations:[{key:b}]}")]
    [InlineData("{containers:[{name:a},{name:b},{name:c}]}", "{$setElementOrder/containers:[{name:c},{name:a}]}",
        "{containers:[{name:b},{name:c},{name:a}]}")]
    [InlineData("{containers:[{name:a},{name:b}]}", "{$setElementOrder/containers:[{name:n},{name:a}],containers:[{name:n}]}",
        "{containers:[{name:n},{name:a},{name:b}]}")]
    [InlineData("{}", "{containers:[{name:a,env:[{name:x,$patch:delete},{name:y,value:null}]}]}", "{containers:[{name:a,env:[{name:y}]}]}")]
    [InlineData("{volumes:[{name:v,emptyDir:{}}]}", "{volumes:[{name:v,$retainKeys:[name,configMap],configMap:{name:c}}]}",
        "{volumes:[{name:v,configMap:{name:c}}]}")]
    public void Pod_specs_merge_by_their_keys(string original, string patch, string result)
    {
        Assert.Equal(Spec(result), StrategicMergePatch.Apply(Parse(Spec(original)), Parse(Spec(patch)), typeof(Pod)).ToJsonString());
    }

    [Theory]
    [InlineData("{finalizers:[a,b]}", "{finalizers:[c]}", "{finalizers:[c,a,b]}")]
    [InlineData("{finalizers:[a,b]}", "{$deleteFromPrimitiveList/finalizers:[a]}", "{finalizers:[b]}")]
    [InlineData("{finalizers:[a,b]}", "{$setElementOrder/finalizers:[c,b],$deleteFromPrimitiveList/finalizers:[a],finalizers:[c]}",
        "{finalizers:[c,b]}")]
    [InlineData("{labels:{a:x}}", "{labels:{b:y}}", "{labels:{a:x,b:y}}")]
    public void Metadata_merges_sets_and_maps(string original, string patch, string result)
    {
        Assert.Equal(
            $$"""{"metadata":{{Json(result)}}}""",
            StrategicMergePatch.Apply(
                Parse($$"""{"metadata":{{Json(original)}}}"""), Parse($$"""{"metadata":{{Json(patch)}}}"""), typeof(Pod)).ToJsonString());
    }

    [Fact]
    public void Fields_that_no_record_models_merge_as_maps_and_their_lists_are_replaced_unless_a_directive_names_a_key()
    {
        var original = Parse("""{"future":{"a":1,"list":[{"id":"x","v":1},{"id":"y"}]}}""");
        Assert.Equal(
            """{"future":{"a":1,"list":[{"id":"z"}],"b":2}}""",
            StrategicMergePatch.Apply(original, Parse("""{"future":{"b":2,"list":[{"id":"z"}]}}"""), typeof(Pod)).ToJsonString());
        Assert.Equal(
            """{"future":{"a":1,"list":[{"id":"y"}]}}""",
            StrategicMergePatch.Apply(original, Parse("""{"future":{"list":[{"id":"x","$patch":"delete"}]}}"""), typeof(Pod)).ToJsonString());
        Assert.Equal(
            """{"future":{"a":1,"list":[{"id":"y"},{"id":"x","v":2}]}}""",
            StrategicMergePatch.Apply(
                original,
                Parse("""{"future":{"$setElementOrder/list":[{"id":"y"},{"id":"x"}],"list":[{"id":"x","v":2}]}}"""),
                typeof(Pod)).ToJsonString());
    }

    [Theory]
    [InlineData("{containers:[{image:x}]}", "map: map[image:x] does not contain declared merge key: name", PatchFailure.Internal)]
    [InlineData("{containers:[{name:a,$patch:jump}]}", "unknown patch type: jump in map: map[$patch:jump name:a]", PatchFailure.Internal)]
    [InlineData("{containers:[{name:a,$patch:merge}]}", "merging lists cannot yet be specified in the patch", PatchFailure.Internal)]
    [InlineData("{nodeSelector:{$patch:merge}}", "unknown patch type: merge in map: map[$patch:merge]", PatchFailure.Internal)]
    [InlineData("{containers:[[a]]}", "lists of lists are not supported", PatchFailure.Unprocessable)]
    [InlineData("{$setElementOrder/containers:a}", "invalid patch format of setElementOrder list", PatchFailure.Malformed)]
    [InlineData("{$retainKeys:[a],b:c}", "invalid patch format of retainKeys", PatchFailure.Malformed)]
    [InlineData("{$setElementOrder/containers:[{name:a}],containers:[{name:b}]}",
        "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n", PatchFailure.Internal)]
    public void Malformed_patches_are_refused_in_upstreams_words(string patch, string message, PatchFailure failure)
    {
        var error = Assert.Throws<PatchException>(
            () => StrategicMergePatch.Apply(Parse(Spec("{containers:[{name:a}],nodeSelector:{a:b}}")), Parse(Spec(patch)), typeof(Pod)));
        Assert.Equal((message, failure), (error.Message, error.Failure));
    }

    [Fact]
    public void The_three_way_patch_of_apply_deletes_only_what_was_applied_before()
    {
        var patch = StrategicMergePatch.Create(
            Parse(Spec("{containers:[{name:a,image:x},{name:old}],nodeSelector:{gone:x}}")),
            Parse(Spec("{containers:[{name:new},{name:a,image:y}]}")),
            Parse(Spec("{containers:[{name:a,image:x,imagePullPolicy:Always},{name:old},{name:injected}],nodeSelector:{gone:x,theirs:y},schedulerName:s}")),
            typeof(Pod));
        Assert.Equal(
            Spec("{$setElementOrder/containers:[{name:new},{name:a}],nodeSelector:null,"
                + "containers:[{name:new},{image:y,name:a},{name:old,$patch:delete}]}"),
            patch.ToJsonString());
    }

    [Fact]
    public void An_unchanged_configuration_gives_an_empty_patch() =>
        Prop.ForAll(Manifests.Deployments, deployment =>
            StrategicMergePatch.Create(deployment, deployment, deployment, typeof(Deployment)).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Applying_a_created_patch_gives_the_modified_object() =>
        Prop.ForAll(Manifests.Deployments, Manifests.Deployments, (original, modified) => Same(
            modified, StrategicMergePatch.Apply(original, StrategicMergePatch.Create(original, modified, typeof(Deployment)), typeof(Deployment))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Applying_a_three_way_patch_to_what_was_applied_gives_the_modified_object() =>
        Prop.ForAll(Manifests.Deployments, Manifests.Deployments, (original, modified) => Same(
            modified,
            StrategicMergePatch.Apply(
                original, StrategicMergePatch.Create(original, modified, original, typeof(Deployment)), typeof(Deployment))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_three_way_patch_leaves_alone_what_others_added() =>
        Prop.ForAll(Manifests.Deployments, Manifests.Deployments, (original, modified) =>
        {
            var current = (JsonObject)original.DeepClone();
            if (modified["metadata"]!["labels"] is not null)
            {
                current["metadata"]!["labels"] ??= new JsonObject();
                current["metadata"]!["labels"]!["theirs"] = "x";
            }

            if (PodSpecOf(modified)["containers"] is not null)
            {
                PodSpecOf(current)["containers"] ??= new JsonArray();
                PodSpecOf(current)["containers"]!.AsArray().Insert(0, Parse("""{"name":"theirs","image":"sidecar"}"""));
            }

            var patch = StrategicMergePatch.Create(original, modified, current, typeof(Deployment));
            var result = StrategicMergePatch.Apply(current, patch, typeof(Deployment));
            var kept = modified["metadata"]!["labels"] is null || result["metadata"]!["labels"]!.AsObject().Remove("theirs");
            if (PodSpecOf(result)["containers"] is JsonArray containers)
            {
                var sidecar = containers.SingleOrDefault(container => container!["name"]!.GetValue<string>() == "theirs");
                kept &= sidecar is not null && containers.Remove(sidecar);
            }

            return kept && Same(modified, result);
        }).QuickCheckThrowOnFailure();

    private static JsonNode PodSpecOf(JsonNode deployment) => deployment["spec"]!["template"]!["spec"]!;

    private static bool Same(JsonNode expected, JsonNode actual) =>
        JsonNode.DeepEquals(expected, actual) ? true : throw new InvalidOperationException($"{expected.ToJsonString()}\n{actual.ToJsonString()}");

    private static string Spec(string loose) => $$"""{"spec":{{Json(loose)}}}""";

    // Rows read better without the quotes of JSON.
    private static string Json(string loose) =>
        System.Text.RegularExpressions.Regex.Replace(loose, "[$A-Za-z][$A-Za-z/]*", match => match.Value == "null" ? "null" : $"\"{match.Value}\"");

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
