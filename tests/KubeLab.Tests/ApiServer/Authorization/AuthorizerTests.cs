using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Authorization;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.Authorization;

/// <summary>What users may do over HTTP, and in which words they are refused.</summary>
public sealed class AuthorizerTests
{
    private const string Group = "/apis/rbac.authorization.k8s.io/v1";
    private const string Reader = "{metadata: {name: reader}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get, list]}]}";
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/pods", "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/namespaces/default/pods?watch=1", "pods is forbidden: User \"jane\" cannot watch resource \"pods\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/pods", "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" at the cluster scope")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p", "pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p/log", "pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/api/v1/namespaces/default", "namespaces \"default\" is forbidden: User \"jane\" cannot get resource \"namespaces\" in API group \"\" in the namespace \"default\"")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/x/deployments", "deployments.apps is forbidden: User \"jane\" cannot deletecollection resource \"deployments\" in API group \"apps\" in the namespace \"x\"")]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/x/deployments/d/scale", "deployments.apps \"d\" is forbidden: User \"jane\" cannot patch resource \"deployments/scale\" in API group \"apps\" in the namespace \"x\"")]
    [InlineData("GET", "/api/v1/nodes?fieldSelector=metadata.name%3Dn", "nodes \"n\" is forbidden: User \"jane\" cannot list resource \"nodes\" in API group \"\" at the cluster scope")]
    [InlineData("GET", "/metrics", "forbidden: User \"jane\" cannot get path \"/metrics\"")]
    [InlineData("POST", "/version", "forbidden: User \"jane\" cannot post path \"/version\"")]
    [InlineData("GET", "/apis/nothing.example.org/v1/things", "things.nothing.example.org is forbidden: User \"jane\" cannot list resource \"things\" in API group \"nothing.example.org\" at the cluster scope")]
    public void A_user_without_roles_is_refused(string method, string path, string message)
    {
        rig.User = Identities.Named("jane");
        var (code, status) = rig.Json(method, path);
        Assert.Equal((403, "Forbidden", message), (code, (string?)status["reason"], (string?)status["message"]));
    }

    [Theory]
    [InlineData("/version", 200, 200)]
    [InlineData("/healthz", 200, 200)]
    [InlineData("/livez/ping", 403, 403)]
    [InlineData("/api", 403, 200)]
    [InlineData("/apis/apps/v1", 403, 200)]
    [InlineData("/openapi/v3", 403, 200)]
    [InlineData("/api/v1/pods", 403, 403)]
    public void Everybody_sees_the_version_and_who_has_a_name_what_is_served(string path, int anonymous, int named)
    {
        rig.User = Identities.Anonymous;
        Assert.Equal(anonymous, rig.Send("GET", path).Code);
        rig.User = Identities.Named("jane");
        Assert.Equal(named, rig.Send("GET", path).Code);
    }

    [Fact]
    public void A_role_holds_in_its_namespace()
    {
        rig.Created($"{Group}/namespaces/default/roles", Reader);
        rig.Created($"{Group}/namespaces/default/rolebindings", "{metadata: {name: b}, roleRef: {kind: Role, name: reader}, subjects: [{kind: User, name: jane}]}");
        rig.User = Identities.Named("jane");
        Assert.Equal(200, rig.Json("GET", FrontRig.Pods).Code);
        Assert.Equal(403, rig.Json("GET", "/api/v1/namespaces/kube-system/pods").Code);
        Assert.Equal(403, rig.Json("GET", "/api/v1/pods").Code);
        Assert.Equal(403, rig.Json("POST", FrontRig.Pods, "{}").Code);
        rig.User = Identities.Named("joe");
        Assert.Equal(403, rig.Json("GET", FrontRig.Pods).Code);
    }

    [Theory]
    [InlineData("RoleBinding", 200, 403)]
    [InlineData("ClusterRoleBinding", 200, 200)]
    public void A_cluster_role_holds_where_its_binding_is(string kind, int here, int everywhere)
    {
        rig.Created($"{Group}/clusterroles", Reader);
        var path = kind == "RoleBinding" ? $"{Group}/namespaces/default/rolebindings" : $"{Group}/clusterrolebindings";
        rig.Created(path, "{metadata: {name: b}, roleRef: {kind: ClusterRole, name: reader}, subjects: [{kind: Group, name: students}]}");
        rig.User = Identities.Named("jane", "students");
        Assert.Equal(here, rig.Json("GET", FrontRig.Pods).Code);
        Assert.Equal(everywhere, rig.Json("GET", "/api/v1/pods").Code);
    }

    [Fact]
    public void A_binding_to_a_service_account_means_its_own_namespace_unless_it_says_another()
    {
        rig.Created($"{Group}/namespaces/default/roles", Reader);
        rig.Created($"{Group}/namespaces/default/rolebindings", "{metadata: {name: b}, roleRef: {kind: Role, name: reader}, subjects: [{kind: ServiceAccount, name: a}]}");
        rig.User = Identities.OfAccount("default", "a", null);
        Assert.Equal(200, rig.Json("GET", FrontRig.Pods).Code);
        rig.User = Identities.OfAccount("kube-system", "a", null);
        Assert.Equal(403, rig.Json("GET", FrontRig.Pods).Code);
    }

    [Fact]
    public void A_refusal_names_the_role_that_is_missing()
    {
        rig.Created($"{Group}/clusterrolebindings", "{metadata: {name: b}, roleRef: {kind: ClusterRole, name: gone}, subjects: [{kind: User, name: jane}]}");
        rig.User = Identities.Named("jane");
        Assert.EndsWith("at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found", (string?)rig.Json("GET", "/api/v1/pods").Body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_grants_what_he_does_not_hold()
    {
        rig.Created($"{Group}/clusterroles", "{metadata: {name: keeper}, rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [\"*\"]}, {apiGroups: [\"\"], resources: [pods], verbs: [get]}]}");
        rig.Created($"{Group}/namespaces/default/rolebindings", "{metadata: {name: keeper}, roleRef: {kind: ClusterRole, name: keeper}, subjects: [{kind: User, name: jane}]}");
        rig.User = Identities.Named("jane");

        // "*" on roles holds the verbs escalate and bind as well.
        rig.Created($"{Group}/namespaces/default/roles", "{metadata: {name: all}, rules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get]}]}");

        rig.User = Identities.Administrator;
        Assert.Equal(200, rig.Json("PATCH", $"{Group}/clusterroles/keeper", """[{"op":"replace","path":"/rules/0/verbs","value":["get","create","update","patch"]}]""", "application/json-patch+json").Code);
        rig.User = Identities.Named("jane");
        var (code, message) = rig.Refused($"{Group}/namespaces/default/roles", "{metadata: {name: x}, rules: [{apiGroups: [\"\"], resources: [secrets, pods], verbs: [list, get]}]}");
        Assert.Equal(
            (403, "roles.rbac.authorization.k8s.io \"x\" is forbidden: user \"jane\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\"]}\n{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"list\" \"get\"]}"),
            (code, message));
        rig.Created($"{Group}/namespaces/default/roles", "{metadata: {name: fine}, rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]}");
        Assert.StartsWith(
            "rolebindings.rbac.authorization.k8s.io \"x\" is forbidden: user \"jane\" (groups=[\"system:authenticated\"]) is attempting to grant",
            rig.Refused($"{Group}/namespaces/default/rolebindings", "{metadata: {name: x}, roleRef: {kind: ClusterRole, name: cluster-admin}}").Message,
            StringComparison.Ordinal);
        rig.Created($"{Group}/namespaces/default/rolebindings", "{metadata: {name: x}, roleRef: {kind: Role, name: fine}, subjects: [{kind: User, name: joe}]}");
        Assert.Equal((404, "role.rbac.authorization.k8s.io \"none\" not found"), rig.Refused($"{Group}/namespaces/default/rolebindings", "{metadata: {name: other}, roleRef: {kind: Role, name: none}}"));
        Assert.Equal(200, rig.Json("PATCH", $"{Group}/namespaces/default/roles/all", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json").Code);
    }

    [Theory]
    [InlineData("jane", "", 200, "")]
    [InlineData("joe", "", 403, "users \"joe\" is forbidden: User \"boss\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope")]
    [InlineData("jane", "students", 403, "groups \"students\" is forbidden: User \"boss\" cannot impersonate resource \"groups\" in API group \"\" at the cluster scope")]
    [InlineData("system:serviceaccount:default:a", "", 403, "serviceaccounts \"a\" is forbidden: User \"boss\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in the namespace \"default\"")]
    [InlineData("", "students", 500, "Internal error occurred: requested [{Group  students  authentication.k8s.io/v1   }] without impersonating a user")]
    public void Who_may_impersonate_is_taken_for_another(string user, string group, int code, string message)
    {
        rig.Created($"{Group}/clusterroles", "{metadata: {name: i}, rules: [{apiGroups: [\"\"], resources: [users], resourceNames: [jane], verbs: [impersonate]}]}");
        rig.Created($"{Group}/clusterrolebindings", "{metadata: {name: i}, roleRef: {kind: ClusterRole, name: i}, subjects: [{kind: User, name: boss}]}");
        var answer = rig.Front.Handle(new ApiRequest
        {
            Method = "GET",
            Path = "/api",
            User = Identities.Named("boss"),
            Impersonation = new(user, group.Length == 0 ? default : [group], ""),
        });
        Assert.Equal(code, answer.Code);
        Assert.Contains(message, System.Text.Json.Nodes.JsonNode.Parse(answer.Body.Span)!["message"]?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_cluster_has_upstreams_roles()
    {
        var roles = BootstrapPolicy.Roles.Select(r => r.Metadata.Name!).ToList();
        Assert.Equal(roles.Count, roles.Distinct().Count());
        Assert.Superset(new HashSet<string>(["cluster-admin", "admin", "edit", "view", "system:discovery", "system:basic-user", "system:node", "system:controller:job-controller"]), roles.ToHashSet());
        Assert.All(BootstrapPolicy.Bindings, b => Assert.Contains(b.RoleRef.Name, roles));
        Assert.All(BootstrapPolicy.NamespacedBindings, b => Assert.Contains(BootstrapPolicy.NamespacedRoles, r => r.Metadata.Name == b.RoleRef.Name && r.Metadata.Namespace == b.Metadata.Namespace));
        Assert.Equal(7, BootstrapPolicy.NamespacedRoles.Count);
        Assert.Equal("""["create","delete","deletecollection","get","list","patch","update","watch"]""", rig.Json("GET", $"{Group}/clusterroles/system:aggregate-to-admin").Body["rules"]![1]!["verbs"]!.ToJsonString());
    }
}
