using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;

namespace KubeLab.Tests.Api;

public sealed class RoundTripTests
{
    private const string PodJson = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web"},"futureField":{"a":[1,2]}},
         "spec":{"containers":[{"name":"c","image":"nginx","resources":{"limits":{"cpu":"500m","memory":"128Mi"}},
           "livenessProbe":{"httpGet":{"path":"/","port":"http"}},"futureList":[{"x":null}],"securityContext":{"runAsUser":1000}}],
           "volumes":[{"name":"v","iscsi":{"lun":0}},{"name":"e","emptyDir":{}}]},"status":{"phase":"Running"},"extra":true}
        """;

    [Fact]
    public void An_object_with_fields_nobody_models_comes_back_as_it_was()
    {
        var pod = JsonSerializer.Deserialize(PodJson, ApiJson.Default.Pod)!;
        var written = JsonNode.Parse(JsonSerializer.Serialize(pod, ApiJson.Default.Pod));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(PodJson), written), written!.ToJsonString());
    }

    [Fact]
    public void A_typed_change_keeps_the_fields_it_does_not_know()
    {
        var pod = JsonSerializer.Deserialize(PodJson, ApiJson.Default.Pod)!;
        var changed = pod with { Status = pod.Status with { Phase = "Failed" } };
        var expected = JsonNode.Parse(PodJson)!;
        expected["status"]!["phase"] = "Failed";
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(JsonSerializer.Serialize(changed, ApiJson.Default.Pod))));
    }

    [Fact]
    public void Two_readings_of_the_same_text_are_equal() =>
        Assert.Equal(JsonSerializer.Deserialize(PodJson, ApiJson.Default.Pod), JsonSerializer.Deserialize(PodJson, ApiJson.Default.Pod));

    [Fact]
    public void A_custom_object_keeps_everything()
    {
        const string json = """{"apiVersion":"example.org/v1","kind":"Thing","metadata":{"name":"t"},"spec":{"a":{"b":[1,"2"]}}}""";
        var thing = JsonSerializer.Deserialize(json, ApiJson.Default.CustomObject)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(JsonSerializer.Serialize(thing, ApiJson.Default.CustomObject))));
    }
}
