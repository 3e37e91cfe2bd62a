using System.Text.Json.Nodes;

namespace KubeLab.Tests.ApiServer.Converting;

/// <summary>One object in two forms: what is written in one is read in the other.</summary>
public sealed class ConversionTests
{
    private const string NewEvents = "/apis/events.k8s.io/v1/namespaces/default/events";
    private const string CoreEvents = "/api/v1/namespaces/default/events";
    private const string Autoscalers1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private const string Autoscalers2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    private const string NewEvent = """
        {"metadata": {"name": "e"}, "eventTime": "2026-01-01T00:00:00.000000Z", "reportingController": "example.org/robot", "reportingInstance": "robot-1",
         "action": "Mounting", "reason": "Mounted", "regarding": {"kind": "Pod", "namespace": "default", "name": "p"}, "note": "Mounted tape 4711.", "type": "Normal"}
        """;

    private const string Autoscaler2 = """
        {"metadata": {"name": "web"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web", "apiVersion": "apps/v1"}, "maxReplicas": 5, "metrics": [
          {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 60}}},
          {"type": "Resource", "resource": {"name": "memory", "target": {"type": "AverageValue", "averageValue": "1Gi"}}},
          {"type": "Pods", "pods": {"metric": {"name": "requests"}, "target": {"type": "AverageValue", "averageValue": "1k"}}},
          {"type": "Object", "object": {"metric": {"name": "hits"}, "describedObject": {"kind": "Ingress", "name": "main", "apiVersion": "networking.k8s.io/v1"}, "target": {"type": "Value", "value": "10k"}}},
          {"type": "External", "external": {"metric": {"name": "queue", "selector": {"matchLabels": {"q": "a"}}}, "target": {"type": "AverageValue", "averageValue": "30"}}},
          {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "app", "target": {"type": "Utilization", "averageUtilization": 70}}}
        ], "behavior": {"scaleDown": {"stabilizationWindowSeconds": 60}}}}
        """;

    private readonly FrontRig rig = new();

    [Fact]
    public void An_event_of_the_new_group_is_an_event_of_the_core_group()
    {
        Assert.Equal(201, rig.Json("POST", NewEvents, NewEvent).Code);
        var core = rig.Json("GET", CoreEvents + "/e").Body;
        Assert.Equal(("Mounted tape 4711.", "p", "example.org/robot"), ((string?)core["message"], (string?)core["involvedObject"]!["name"], (string?)core["reportingComponent"]));
        Assert.Single(rig.Json("GET", NewEvents + "?fieldSelector=regarding.name%3Dp,type%3DNormal").Body["items"]!.AsArray());
        Assert.Empty(rig.Json("GET", NewEvents + "?fieldSelector=regarding.name%3Dq").Body["items"]!.AsArray());
        Assert.Equal(400, rig.Json("GET", NewEvents + "?fieldSelector=involvedObject.name%3Dp").Code);
    }

    [Fact]
    public void An_event_of_the_core_group_shows_its_fields_as_deprecated_ones()
    {
        const string Core = """
            {"metadata": {"name": "old"}, "involvedObject": {"kind": "Pod", "namespace": "default", "name": "p"}, "reason": "Started", "message": "Hello.",
             "source": {"component": "kubelet", "host": "n"}, "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:00:01Z", "count": 2, "type": "Normal"}
            """;
        Assert.Equal(201, rig.Json("POST", CoreEvents, Core).Code);
        var shown = rig.Json("GET", NewEvents + "/old").Body;
        Assert.Equal("events.k8s.io/v1", (string?)shown["apiVersion"]);
        Assert.True(shown.AsObject().ContainsKey("eventTime"));
        Assert.Equal(("Hello.", "kubelet", 2), ((string?)shown["note"], (string?)shown["deprecatedSource"]!["component"], (int?)shown["deprecatedCount"]));
        Assert.Equal(("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"), ((string?)shown["deprecatedFirstTimestamp"], (string?)shown["deprecatedLastTimestamp"]));
    }

    [Theory]
    [InlineData("""{"eventTime": null}""", "eventTime: Required value")]
    [InlineData("""{"type": "Odd"}""", "type: Invalid value: \"\": has invalid value: Odd")]
    [InlineData("""{"deprecatedCount": 1}""", "count: Invalid value: \"\": needs to be unset")]
    [InlineData("""{"deprecatedSource": {"component": "x"}}""", "source: Invalid value: \"\": needs to be unset")]
    [InlineData("""{"deprecatedFirstTimestamp": "2026-01-01T00:00:00Z"}""", "firstTimestamp: Invalid value: \"\": needs to be unset")]
    [InlineData("""{"series": {"count": 1, "lastObservedTime": "2026-01-01T00:00:00.000000Z"}}""", "series.count: Invalid value: \"\": should be at least 2")]
    [InlineData("""{"action": ""}""", "action: Required value")]
    [InlineData("""{"reportingInstance": ""}""", "reportingInstance: Required value")]
    [InlineData("""{"reason": ""}""", "reason: Required value")]
    public void A_new_event_is_checked_strictly(string change, string problem)
    {
        var body = JsonNode.Parse(NewEvent)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var (code, status) = rig.Json("POST", NewEvents, body.ToJsonString());
        Assert.Equal(422, code);
        Assert.Contains(problem, (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_series_of_a_new_event_may_change()
    {
        var created = rig.Json("POST", NewEvents, NewEvent).Body;
        created["series"] = new JsonObject { ["count"] = 2, ["lastObservedTime"] = "2026-01-01T00:00:01.000000Z" };
        var (code, replaced) = rig.Json("PUT", NewEvents + "/e", created.ToJsonString());
        Assert.True(code == 200, replaced.ToJsonString());
        replaced["note"] = "Something else.";
        var refused = rig.Json("PUT", NewEvents + "/e", replaced.ToJsonString());
        Assert.Equal((422, "Event.events.k8s.io \"e\" is invalid: message: Invalid value: \"Something else.\": field is immutable"), (refused.Code, (string?)refused.Body["message"]));
    }

    [Fact]
    public void A_watch_of_the_new_group_hears_of_core_events_in_its_own_words()
    {
        rig.Json("POST", CoreEvents, """{"metadata": {"name": "old"}, "involvedObject": {"namespace": "default", "name": "p"}, "message": "Hello."}""");
        var list = rig.Json("GET", NewEvents).Body;
        Assert.Equal("events.k8s.io/v1", (string?)list["apiVersion"]);
        Assert.Equal("Hello.", (string?)list["items"]![0]!["note"]);
    }

    [Fact]
    public void What_version_1_of_an_autoscaler_cannot_hold_stands_in_annotations()
    {
        var (code, created) = rig.Json("POST", Autoscalers2, Autoscaler2);
        Assert.True(code == 201, created.ToJsonString());
        var old = rig.Json("GET", Autoscalers1 + "/web").Body;
        Assert.Equal(60, (int?)old["spec"]!["targetCPUUtilizationPercentage"]);
        var annotations = old["metadata"]!["annotations"]!;
        Assert.Equal(
            """
            [{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}},{"type":"Pods","pods":{"metricName":"requests","targetAverageValue":"1k"}},{"type":"Object","object":{"target":{"kind":"Ingress","name":"main","apiVersion":"networking.k8s.io/v1"},"metricName":"hits","targetValue":"10k"}},{"type":"External","external":{"metricName":"queue","metricSelector":{"matchLabels":{"q":"a"}},"targetAverageValue":"30"}},{"type":"ContainerResource","containerResource":{"name":"cpu","targetAverageUtilization":70,"container":"app"}}]
            """,
            (string?)annotations["autoscaling.alpha.kubernetes.io/metrics"]);
        Assert.StartsWith(
            """{"ScaleUp":{"StabilizationWindowSeconds":0,"SelectPolicy":"Max","Policies":[{"Type":"Pods","Value":4,"PeriodSeconds":15}""",
            (string?)annotations["autoscaling.alpha.kubernetes.io/behavior"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_autoscaler_written_back_in_version_1_loses_nothing()
    {
        rig.Json("POST", Autoscalers2, Autoscaler2);
        var before = rig.Json("GET", Autoscalers2 + "/web").Body;
        var (code, replaced) = rig.Json("PUT", Autoscalers1 + "/web", rig.Json("GET", Autoscalers1 + "/web").Body.ToJsonString());
        Assert.True(code == 200, replaced.ToJsonString());

        // CPU comes behind the others, as upstream puts it together.
        var after = rig.Json("GET", Autoscalers2 + "/web").Body;
        Assert.Equal(Metrics(before), Metrics(after));
        Assert.True(JsonNode.DeepEquals(before["spec"]!["behavior"], after["spec"]!["behavior"]));
        Assert.Null(after["metadata"]!["annotations"]);

        static IEnumerable<string> Metrics(JsonNode hpa) => hpa["spec"]!["metrics"]!.AsArray().Select(m => m!.ToJsonString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void An_autoscaler_of_version_1_without_a_target_aims_at_eight_tenths()
    {
        const string Body = """{"metadata": {"name": "web"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web", "apiVersion": "apps/v1"}, "maxReplicas": 5}}""";
        var (code, created) = rig.Json("POST", Autoscalers1, Body);
        Assert.True(code == 201, created.ToJsonString());
        Assert.Equal((1, 80), ((int?)created["spec"]!["minReplicas"], (int?)created["spec"]!["targetCPUUtilizationPercentage"]));
        Assert.Equal(80, (int?)rig.Json("GET", Autoscalers2 + "/web").Body["spec"]!["metrics"]![0]!["resource"]!["target"]!["averageUtilization"]);
        var wrong = rig.Json("POST", Autoscalers1, Body.Replace("5}}", "0}}", StringComparison.Ordinal).Replace("\"web\"}, \"spec\"", "\"w\"}, \"spec\"", StringComparison.Ordinal));
        Assert.Equal(422, wrong.Code);
    }
}
