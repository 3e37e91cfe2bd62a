using KubeLab.Api;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Authorization;

/// <summary>The roles and bindings that a new cluster has (<c>data/rbac/policy.txt</c>).</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings">Default roles and bindings</seealso>
public static class BootstrapPolicy
{
    /// <summary>The cluster roles.</summary>
    public static IReadOnlyList<ClusterRole> Roles => Shipped.Roles;

    /// <summary>Who has them.</summary>
    public static IReadOnlyList<ClusterRoleBinding> Bindings => Shipped.Bindings;

    /// <summary>Roles in the namespaces of the system.</summary>
    public static IReadOnlyList<Role> NamespacedRoles => Shipped.NamespacedRoles;

    /// <summary>Who has those.</summary>
    public static IReadOnlyList<RoleBinding> NamespacedBindings => Shipped.NamespacedBindings;

    private static readonly PolicyText Shipped = PolicyText.Load();

    /// <summary>Creates what is missing; what is there stays as it is.</summary>
    public static void Ensure(IKubernetesApi api)
    {
        foreach (var role in Roles)
        {
            Ensure(api, role);
        }

        foreach (var binding in Bindings)
        {
            Ensure(api, binding);
        }

        foreach (var role in NamespacedRoles)
        {
            Ensure(api, role);
        }

        foreach (var binding in NamespacedBindings)
        {
            Ensure(api, binding);
        }
    }

    private static void Ensure<T>(IKubernetesApi api, T obj)
        where T : class, IApiObject<T>
    {
        if (api.Find<T>(obj.Metadata.Namespace ?? "", obj.Metadata.Name!) is null)
        {
            api.Create(obj);
        }
    }
}
