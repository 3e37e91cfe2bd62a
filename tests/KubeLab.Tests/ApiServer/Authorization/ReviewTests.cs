using System.Text.Json.Nodes;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.Tests.ApiServer.Authorization;

/// <summary>Questions about what may be done, and who one is.</summary>
public sealed class ReviewTests
{
    private const string Group = "/apis/authorization.k8s.io/v1";
    private readonly FrontRig rig = new();

    [Fact]
    public void Everybody_may_ask_what_he_may_do()
    {
        rig.User = Identities.Named("jane");
        Assert.Equal("""{"allowed":false}""", Ask("selfsubjectaccessreviews", "resourceAttributes: {verb: list, resource: pods, namespace: default}").ToJsonString());
        Assert.Equal(
            "RBAC: allowed by ClusterRoleBinding \"system:discovery\" of ClusterRole \"system:discovery\" to Group \"system:authenticated\"",
            (string?)Ask("selfsubjectaccessreviews", "nonResourceAttributes: {verb: get, path: /version/}")["reason"]);
        rig.User = Identities.Administrator;
        Assert.Equal("""{"allowed":true}""", Ask("selfsubjectaccessreviews", "resourceAttributes: {verb: \"*\", resource: \"*\", group: \"*\"}").ToJsonString());
    }

    [Fact]
    public void An_administrator_asks_for_others()
    {
        Assert.False((bool)Ask("subjectaccessreviews", "user: jane, resourceAttributes: {verb: list, resource: pods}")["allowed"]!);
        Assert.True((bool)Ask("subjectaccessreviews", "user: jane, groups: [\"system:masters\"], resourceAttributes: {verb: list, resource: pods}")["allowed"]!);
        rig.User = Identities.Named("jane");
        Assert.Equal(403, rig.Json("POST", $"{Group}/subjectaccessreviews", "{}").Code);
    }

    [Theory]
    [InlineData("subjectaccessreviews", "SubjectAccessReview", "user: a", "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [InlineData("subjectaccessreviews", "SubjectAccessReview", "resourceAttributes: {verb: get}", "spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    [InlineData("namespaces/default/localsubjectaccessreviews", "LocalSubjectAccessReview", "user: a, resourceAttributes: {namespace: other}", "spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace")]
    public void A_question_is_refused_that_asks_nothing(string plural, string kind, string spec, string message) => Assert.Equal(
        (422, $"{kind}.authorization.k8s.io \"\" is invalid: {message}"), rig.Refused($"{Group}/{plural}", $"{{spec: {{{spec}}}}}"));

    [Fact]
    public void The_rules_of_a_namespace_are_told()
    {
        rig.User = Identities.Named("jane");
        var status = Ask("selfsubjectrulesreviews", "namespace: default");
        Assert.False((bool)status["incomplete"]!);
        Assert.Contains(status["resourceRules"]!.AsArray(), r => r!["resources"]!.ToJsonString().Contains("selfsubjectaccessreviews", StringComparison.Ordinal));
        Assert.Contains(status["nonResourceRules"]!.AsArray(), r => r!["nonResourceURLs"]!.ToJsonString().Contains("/openapi/*", StringComparison.Ordinal));
    }

    [Fact]
    public void One_may_ask_who_one_is()
    {
        rig.User = Identities.Named("jane", "students");
        var (code, review) = rig.Json("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        Assert.Equal(201, code);
        Assert.Equal("""{"username":"jane","groups":["students","system:authenticated"]}""", review["status"]!["userInfo"]!.ToJsonString());
    }

    [Fact]
    public void Questions_are_not_stored()
    {
        Ask("selfsubjectaccessreviews", "resourceAttributes: {verb: list, resource: pods}");
        Assert.Equal(405, rig.Json("GET", $"{Group}/selfsubjectaccessreviews").Code);
        var resource = rig.Json("GET", Group).Body["resources"]!.AsArray().Single(r => (string?)r!["name"] == "selfsubjectaccessreviews")!;
        Assert.Equal("""["create"]""", resource["verbs"]!.ToJsonString());
    }

    private JsonNode Ask(string plural, string spec) => rig.Created($"{Group}/{plural}", $"{{spec: {{{spec}}}}}")["status"]!;
}
