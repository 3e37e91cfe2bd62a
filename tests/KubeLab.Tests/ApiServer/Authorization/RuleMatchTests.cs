using KubeLab.Api.Authentication;
using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Authorization;

namespace KubeLab.Tests.ApiServer.Authorization;

/// <summary>Rows of upstream's rules: what a rule allows.</summary>
public sealed class RuleMatchTests
{
    [Theory]
    [InlineData("get", "", "pods", "", "get", "", "pods", "", "p", true)]
    [InlineData("get", "", "pods", "", "list", "", "pods", "", "", false)]
    [InlineData("*", "*", "*", "", "delete", "apps", "deployments", "scale", "d", true)]
    [InlineData("get", "", "pods", "", "get", "", "pods", "log", "p", false)]
    [InlineData("get", "", "pods/log", "", "get", "", "pods", "log", "p", true)]
    [InlineData("get", "", "pods/log", "", "get", "", "pods", "", "p", false)]
    [InlineData("update", "apps", "*/scale", "", "update", "apps", "statefulsets", "scale", "s", true)]
    [InlineData("update", "apps", "*/scale", "", "update", "apps", "statefulsets", "", "s", false)]
    [InlineData("update", "apps", "*/scale", "", "update", "apps", "statefulsets", "upscale", "s", false)]
    [InlineData("get", "apps", "deployments", "", "get", "", "deployments", "", "d", false)]
    [InlineData("get", "", "secrets", "mine", "get", "", "secrets", "", "mine", true)]
    [InlineData("get", "", "secrets", "mine", "get", "", "secrets", "", "other", false)]
    [InlineData("list", "", "secrets", "mine", "list", "", "secrets", "", "", false)]
    public void A_rule_allows_a_request_about_a_resource(
        string verbs, string groups, string resources, string names, string verb, string group, string resource, string subresource, string name, bool allowed)
    {
        var rule = new PolicyRule { Verbs = [verbs], ApiGroups = [groups], Resources = [resources], ResourceNames = names.Length == 0 ? default : [names] };
        var request = Request(verb) with { Group = group, Resource = resource, Subresource = subresource, Name = name };
        Assert.Equal(allowed, RuleMatch.Allows(rule, request));
    }

    [Theory]
    [InlineData("*", "/anything", true)]
    [InlineData("/healthz", "/healthz", true)]
    [InlineData("/healthz", "/healthz/", false)]
    [InlineData("/apis/*", "/apis/apps/v1", true)]
    [InlineData("/apis/*", "/apis", false)]
    [InlineData("/v*", "/version", true)]
    public void A_rule_allows_a_request_about_another_path(string url, string path, bool allowed) =>
        Assert.Equal(allowed, RuleMatch.Allows(new PolicyRule { Verbs = ["get"], NonResourceURLs = [url] }, Request("get") with { Path = path }));

    [Fact]
    public void A_rule_about_resources_says_nothing_of_other_paths() => Assert.False(
        RuleMatch.Allows(new PolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }, Request("get") with { Path = "/metrics" }));

    private static RequestAttributes Request(string verb) => new() { User = UserInfo.Empty, Verb = verb };
}
