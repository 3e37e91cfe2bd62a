using KubeLab.Api;
using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what bindings leave out.</summary>
/// <remarks>Upstream: pkg/apis/rbac/v1/defaults.go.</remarks>
internal static class RbacDefaults
{
    public const string Group = "rbac.authorization.k8s.io";

    public static RoleBinding Fill(RoleBinding obj)
    {
        var (role, subjects) = (Role(obj.RoleRef), Subjects(obj.Subjects));
        return role == obj.RoleRef && subjects == obj.Subjects ? obj : obj with { RoleRef = role, Subjects = subjects };
    }

    public static ClusterRoleBinding Fill(ClusterRoleBinding obj)
    {
        var (role, subjects) = (Role(obj.RoleRef), Subjects(obj.Subjects));
        return role == obj.RoleRef && subjects == obj.Subjects ? obj : obj with { RoleRef = role, Subjects = subjects };
    }

    private static RoleRef Role(RoleRef role) => role.ApiGroup.Length == 0 ? role with { ApiGroup = Group } : role;

    private static ValueList<Subject> Subjects(ValueList<Subject> subjects) => ContainerDefaults.Each(
        subjects, s => string.IsNullOrEmpty(s.ApiGroup) && s.Kind is ("User" or "Group") ? s with { ApiGroup = Group } : s);
}
