namespace KubeLab.Tests.ApiServer.Validation;

/// <summary>What roles and bindings are refused for, in upstream's words.</summary>
public sealed class RbacValidationTests
{
    private const string Group = "/apis/rbac.authorization.k8s.io/v1";
    private const string Roles = $"{Group}/namespaces/default/roles";
    private const string Bindings = $"{Group}/namespaces/default/rolebindings";
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("{apiGroups: [\"\"], resources: [pods]}", "rules[0].verbs: Required value: verbs must contain at least one value")]
    [InlineData("{verbs: [get], resources: [pods]}", "rules[0].apiGroups: Required value: resource rules must supply at least one api group")]
    [InlineData("{verbs: [get], apiGroups: [\"\"]}", "rules[0].resources: Required value: resource rules must supply at least one resource")]
    [InlineData("{verbs: [get], nonResourceURLs: [/x]}", "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs")]
    public void A_role_is_refused_for_its_rules(string rule, string expected) => Refuses(Roles, "Role.rbac.authorization.k8s.io", $"rules: [{rule}]", expected);

    [Fact]
    public void A_rule_is_about_resources_or_about_other_paths() => Refuses(
        $"{Group}/clusterroles",
        "ClusterRole.rbac.authorization.k8s.io",
        "rules: [{verbs: [get], nonResourceURLs: [/x], resources: [pods]}]",
        "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: rules cannot apply to both regular resources and non-resource URLs");

    [Fact]
    public void Aggregation_needs_a_selector() => Refuses(
        $"{Group}/clusterroles",
        "ClusterRole.rbac.authorization.k8s.io",
        "aggregationRule: {}",
        "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil");

    [Theory]
    [InlineData("roleRef: {kind: Role}", "roleRef.name: Required value")]
    [InlineData("roleRef: {kind: Rule, name: a}", "roleRef.kind: Unsupported value: \"Rule\": supported values: \"ClusterRole\", \"Role\"")]
    [InlineData("roleRef: {kind: Role, name: a/b}", "roleRef.name: Invalid value: \"a/b\": may not contain '/'")]
    [InlineData("roleRef: {kind: Role, name: a}, subjects: [{kind: User}]", "subjects[0].name: Required value")]
    [InlineData("roleRef: {kind: Role, name: a}, subjects: [{kind: Robot, name: b}]", "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"Group\", \"ServiceAccount\", \"User\"")]
    [InlineData("roleRef: {kind: Role, name: a}, subjects: [{kind: User, name: b, apiGroup: x}]", "subjects[0].apiGroup: Unsupported value: \"x\": supported values: \"rbac.authorization.k8s.io\"")]
    public void A_binding_is_refused_for_its_role_or_subjects(string fields, string expected) => Refuses(Bindings, "RoleBinding.rbac.authorization.k8s.io", fields, expected);

    [Fact]
    public void A_cluster_role_binding_names_the_namespace_of_a_service_account() => Refuses(
        $"{Group}/clusterrolebindings",
        "ClusterRoleBinding.rbac.authorization.k8s.io",
        "roleRef: {kind: ClusterRole, name: a}, subjects: [{kind: ServiceAccount, name: b}]",
        "subjects[0].namespace: Required value");

    [Fact]
    public void A_binding_keeps_its_role()
    {
        rig.Created(Bindings, "{metadata: {name: \"system:x\"}, roleRef: {kind: Role, name: a}}");
        var (code, status) = rig.Json("PATCH", Bindings + "/system:x", """{"roleRef":{"name":"b"}}""", "application/merge-patch+json");
        Assert.Equal(
            (422, "RoleBinding.rbac.authorization.k8s.io \"system:x\" is invalid: roleRef: Invalid value: {\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"b\"}: cannot change roleRef"),
            (code, (string?)status["message"]));
    }

    private void Refuses(string path, string kind, string fields, string expected)
    {
        var (code, message) = rig.Refused(path, $"{{metadata: {{name: x}}, {fields}}}");
        Assert.Equal((422, $"{kind} \"x\" is invalid: {expected}"), (code, message));
    }
}
