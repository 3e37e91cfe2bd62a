using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ServiceAccounts;

/// <summary>Keeps a service account <c>default</c> in every namespace, which pods run as that name no other.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-controller">
/// ServiceAccount controller
/// </seealso>
internal sealed class ServiceAccountController : IManagedController, IReconciler
{
    private const string Default = "default";
    private readonly IKubernetesApi api;
    private readonly Informer<Namespace> namespaces;
    private readonly Informer<ServiceAccount> accounts;
    private readonly Controller controller;

    public ServiceAccountController(IKubernetesApi api, VirtualClock clock, InformerFactory informers)
    {
        this.api = api;
        namespaces = informers.For<Namespace>();
        accounts = informers.For<ServiceAccount>();
        controller = new Controller(Name, clock, this);
        namespaces.Added += Look;
        namespaces.Updated += (_, ns) => Look(ns);
        accounts.Deleted += account => controller.Enqueue(new ObjectKey("", account.Metadata.Namespace ?? ""));
    }

    public string Name => "serviceaccount-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (namespaces[key] is not { Status.Phase: not "Terminating", Metadata.DeletionTimestamp: null } || accounts[new ObjectKey(key.Name, Default)] is not null)
        {
            return ReconcileResult.Done;
        }

        try
        {
            api.Create(new ServiceAccount { Metadata = new() { Name = Default, Namespace = key.Name } });
        }
        catch (ApiException refusal) when (refusal.IsAlreadyExists)
        {
            // The informer has not told yet.
        }

        return ReconcileResult.Done;
    }

    private void Look(Namespace ns) => controller.Enqueue(ObjectKey.Of(ns));
}
