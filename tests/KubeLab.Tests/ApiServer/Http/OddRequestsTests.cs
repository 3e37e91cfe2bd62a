using System.Text.Json.Nodes;

namespace KubeLab.Tests.ApiServer.Http;

/// <summary>Requests that once were answered with an exception or in silence, found by sending mutated ones.</summary>
public sealed class OddRequestsTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private readonly FrontRig rig = new();

    [Fact]
    public void A_watch_for_longer_than_there_is_time_has_no_limit()
    {
        var answer = rig.Send("GET", Maps + "?watch=1&timeoutSeconds=9223372036854775807");
        Assert.Equal(200, answer.Code);
        answer.Watch!.Dispose();
    }

    [Theory]
    [InlineData("9223372036854775808", "strconv.ParseInt: parsing \"9223372036854775808\": value out of range")]
    [InlineData("-1e3", "strconv.ParseInt: parsing \"-1e3\": invalid syntax")]
    [InlineData("%22", "strconv.ParseInt: parsing \"\\\"\": invalid syntax")]
    public void A_parameter_that_is_no_number_is_refused_in_Gos_words(string limit, string message)
    {
        var (code, body) = rig.Json("GET", $"{Maps}?limit={limit}");
        Assert.Equal((400, message), (code, (string)body["message"]!));
    }

    [Theory]
    [InlineData("""{"gracePeriodSeconds":{}}""", 400, "DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: json: cannot unmarshal object into Go struct field DeleteOptions.gracePeriodSeconds of type int64")]
    [InlineData("""{"preconditions":[]}""", 400, "json: cannot unmarshal array into Go struct field DeleteOptions.preconditions of type v1.Preconditions")]
    [InlineData("[]", 400, "json: cannot unmarshal array into Go value of type struct")]
    [InlineData("""{"kind":"Pod"}""", 400, "no kind \"Pod\" is registered for version \"v1\"")]
    [InlineData("""{"propagationPolicy":"Never"}""", 422, "propagationPolicy: Unsupported value: \"Never\"")]
    [InlineData("""{"propagationPolicy":"Orphan","orphanDependents":true}""", 422, "propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set")]
    [InlineData("""{"dryRun":["Some"]}""", 422, "dryRun: Unsupported value: \"Some\": supported values: \"All\"")]
    public void Options_of_a_delete_have_their_types(string options, int expected, string message)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        var (code, body) = rig.Json("DELETE", Maps + "/m", options);
        Assert.Equal(expected, code);
        Assert.Contains(message, (string)body["message"]!, StringComparison.Ordinal);
        Assert.Equal(200, rig.Send("GET", Maps + "/m").Code);
    }

    [Fact]
    public void A_delete_with_a_body_does_not_ask_its_query()
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        Assert.Equal(200, rig.Send("DELETE", Maps + "/m?propagationPolicy=Never", "{}").Code);
    }

    [Fact]
    public void A_grace_period_beyond_the_calendar_ends_before_it()
    {
        rig.Created("/api/v1/nodes", "{metadata: {name: node-1}}");
        rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {nodeName: node-1, containers: [{name: c, image: x}]}}");
        var (code, body) = rig.Json("DELETE", FrontRig.Pods + "/p", """{"gracePeriodSeconds":9223372036854775807}""");
        Assert.Equal((200, "2057-09-09T01:46:40Z"), (code, (string?)body["metadata"]!["deletionTimestamp"]));
    }

    [Fact]
    public void Owners_that_cannot_be_read_are_not_stored_and_the_known_ones_stay()
    {
        var made = rig.Created(Maps, "{metadata: {name: m}, data: {a: b}}");
        foreach (var odd in new[] { """[{}, {}]""", """[{"manager":"x"}]""", """[{"manager":"x","operation":"Update","apiVersion":"v1","fieldsType":"?"}]""" })
        {
            var sent = made.DeepClone();
            sent["metadata"]!["managedFields"] = JsonNode.Parse(odd);
            var (code, body) = rig.Json("PUT", Maps + "/m", sent.ToJsonString());
            Assert.Equal(200, code);
            Assert.True(JsonNode.DeepEquals(made["metadata"]!["managedFields"], body["metadata"]!["managedFields"]), body.ToJsonString());
        }
    }

    [Fact]
    public void What_nobody_owns_has_no_owners()
    {
        rig.Created("/apis/coordination.k8s.io/v1/namespaces/default/leases", "{metadata: {name: l, labels: {a: b}}}");
        var (_, body) = rig.Json("PATCH", "/apis/coordination.k8s.io/v1/namespaces/default/leases/l", """{"metadata":{"labels":null}}""", "application/merge-patch+json");
        Assert.Null(body["metadata"]!["managedFields"]);
    }

    [Fact]
    public void Version_names_every_field_that_clients_insist_on()
    {
        var (_, body) = rig.Json("GET", "/version");
        string[] fields = ["major", "minor", "gitVersion", "gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform"];
        Assert.All(fields, f => Assert.NotEqual("", (string?)body[f] ?? ""));
    }
}
