using KubeLab.Api;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.ClusterRoles;

namespace KubeLab.Tests.Controllers.ClusterRoles;

public sealed class AggregatedRulesTests
{
    private static readonly PolicyRule Pods = new() { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] };
    private static readonly PolicyRule Jobs = new() { Verbs = ["get"], ApiGroups = ["batch"], Resources = ["jobs"] };

    [Fact]
    public void Rules_come_in_order_of_the_roles_names_and_each_once()
    {
        var whole = Role("whole", "part") with { AggregationRule = new() { ClusterRoleSelectors = [new() { MatchLabels = StringMap.Of(("part", "true")) }] } };
        var rules = AggregatedRules.Of(whole with { Rules = [Pods, Jobs, Pods] }, [Role("b", "part", Pods), whole, Role("a", "part", Jobs), Role("c", "part", Jobs), Role("d", "other", Pods)]);
        Assert.Equal([Jobs, Pods], rules);
    }

    [Fact]
    public void A_role_follows_what_carries_its_label()
    {
        var lab = new ControllerLab();
        lab.Run(1);
        var view = lab.Api.Get<ClusterRole>("", "view");
        Assert.Equal(10, view.Rules.Count);
        Assert.Superset(view.Rules.ToHashSet(), lab.Api.Get<ClusterRole>("", "edit").Rules.ToHashSet());
        lab.Api.Create(Role("mine", "rbac.authorization.k8s.io/aggregate-to-view", Jobs));
        lab.Run(1);
        Assert.Contains(Jobs, lab.Api.Get<ClusterRole>("", "view").Rules);
        Assert.Contains(Jobs, lab.Api.Get<ClusterRole>("", "admin").Rules);
        lab.Api.Delete<ClusterRole>("", "mine");
        lab.Run(1);
        Assert.DoesNotContain(Jobs, lab.Api.Get<ClusterRole>("", "admin").Rules);
    }

    private static ClusterRole Role(string name, string label, params ReadOnlySpan<PolicyRule> rules) =>
        new() { Metadata = new() { Name = name, Labels = StringMap.Of((label, "true")) }, Rules = ValueList.Create(rules) };
}
