using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Authorization;

namespace KubeLab.Tests.ApiServer.Authorization;

/// <summary>Who has some rules, has what others would give, or lacks parts of it.</summary>
public sealed class RuleCoverTests
{
    [Fact]
    public void Several_rules_together_cover_one() => Assert.Empty(RuleCover.Missing(
        [Rule("get,list", "", "pods"), Rule("watch", "", "pods,services"), Rule("get,list", "", "services")],
        [Rule("get,list,watch", "", "pods,services")]));

    [Theory]
    [InlineData("*", "*", "*", "get", "apps", "deployments/scale")]
    [InlineData("get", "*", "*/scale", "get", "apps", "deployments/scale")]
    public void A_star_covers(string verbs, string groups, string resources, string verb, string group, string resource) =>
        Assert.Empty(RuleCover.Missing([Rule(verbs, groups, resources)], [Rule(verb, group, resource)]));

    [Theory]
    [InlineData("get", "", "pods", "*", "", "pods")]
    [InlineData("*", "", "pods", "get", "", "*")]
    [InlineData("*", "", "*/scale", "get", "", "pods")]
    [InlineData("get", "", "pods", "get", "", "pods/log")]
    public void What_is_named_does_not_cover_everything(string verbs, string groups, string resources, string verb, string group, string resource) =>
        Assert.Single(RuleCover.Missing([Rule(verbs, groups, resources)], [Rule(verb, group, resource)]));

    [Fact]
    public void A_rule_about_one_object_covers_no_more_than_that()
    {
        var mine = Rule("get", "", "secrets") with { ResourceNames = ["mine"] };
        Assert.Empty(RuleCover.Missing([mine], [mine]));
        Assert.Empty(RuleCover.Missing([Rule("get", "", "secrets")], [mine]));
        Assert.Single(RuleCover.Missing([mine], [Rule("get", "", "secrets")]));
        Assert.Single(RuleCover.Missing([mine], [mine with { ResourceNames = ["mine", "other"] }]));
    }

    [Fact]
    public void Paths_are_covered_by_those_that_begin_them()
    {
        var wanted = new PolicyRule { Verbs = ["get"], NonResourceURLs = ["/healthz/etcd", "/metrics"] };
        var missing = RuleCover.Missing([new PolicyRule { Verbs = ["get"], NonResourceURLs = ["/healthz/*"] }], [wanted]);
        Assert.Equal(["/metrics"], Assert.Single(missing).NonResourceURLs);
    }

    [Fact]
    public void Whatever_is_covered_is_allowed() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(), ArbMap.Default.ArbFor<NonEmptyArray<byte>>(), (owned, wanted) =>
        {
            var (have, want) = (Random(owned.Get), Random(wanted.Get));
            var missing = RuleCover.Missing(have, want);
            return want.SelectMany(RuleCover.Parts).Where(p => !missing.Contains(p) && !p.Verbs.Contains("*") && !p.Resources.Contains("*"))
                .All(p => have.Exists(h => RuleMatch.Allows(h, Request(p))));
        }).QuickCheckThrowOnFailure();

    private static RequestAttributes Request(PolicyRule part)
    {
        var words = part.Resources[0].Split('/');
        return new()
        {
            User = UserInfo.Empty,
            Verb = part.Verbs[0],
            Group = part.ApiGroups[0],
            Resource = words[0],
            Subresource = words.Length > 1 ? words[1] : "",
            Name = part.ResourceNames.IsEmpty ? "any" : part.ResourceNames[0],
        };
    }

    // Small vocabularies, so that rules meet.
    private static List<PolicyRule> Random(byte[] bytes)
    {
        string[] verbs = ["get", "list", "*"];
        string[] resources = ["pods", "pods/log", "services", "*"];
        return [.. bytes.Take(4).Select(b => Rule(verbs[b % 3], "", resources[b / 3 % 4]) with { ResourceNames = b / 12 % 3 == 0 ? ["one"] : default })];
    }

    private static PolicyRule Rule(string verbs, string group, string resources) => new()
    {
        Verbs = verbs.Split(',').ToValueList(),
        ApiGroups = [group],
        Resources = resources.Split(',').ToValueList(),
    };
}
