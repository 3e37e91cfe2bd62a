using KubeLab.Api;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ClusterRoles;

/// <summary>Keeps the rules of cluster roles that are put together from others, such as <c>admin</c>, <c>edit</c> and <c>view</c>.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles">Aggregated ClusterRoles</seealso>
internal sealed class ClusterRoleAggregationController : IManagedController, IReconciler
{
    private readonly IKubernetesApi api;
    private readonly Informer<ClusterRole> roles;
    private readonly Controller controller;

    public ClusterRoleAggregationController(IKubernetesApi api, VirtualClock clock, InformerFactory informers)
    {
        this.api = api;
        roles = informers.For<ClusterRole>();
        controller = new Controller(Name, clock, this);
        roles.Changed += (_, _) => LookAtAll();
    }

    public string Name => "clusterrole-aggregation-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (roles[key] is not { AggregationRule: not null } role)
        {
            return ReconcileResult.Done;
        }

        var rules = AggregatedRules.Of(role, roles.Objects);
        if (rules != role.Rules)
        {
            api.Update(role with { Rules = rules });
        }

        return ReconcileResult.Done;
    }

    private void LookAtAll()
    {
        foreach (var role in roles.Objects)
        {
            if (role.AggregationRule is not null)
            {
                controller.Enqueue(ObjectKey.Of(role));
            }
        }
    }
}
