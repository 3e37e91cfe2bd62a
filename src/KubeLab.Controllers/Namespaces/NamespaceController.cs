using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Namespaces;

/// <summary>Says when the namespace reconciler has to look: a namespace is being deleted.</summary>
internal sealed class NamespaceController : IManagedController
{
    private readonly Controller controller;

    public NamespaceController(IKubernetesApi api, VirtualClock clock, InformerFactory informers, Func<IEnumerable<ApiResource>> resources)
    {
        var namespaces = informers.For<Namespace>();
        controller = new Controller(Name, clock, new NamespaceReconciler(api, clock, namespaces, resources));
        namespaces.Added += Look;
        namespaces.Updated += (_, ns) => Look(ns);
    }

    public string Name => "namespace-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void Look(Namespace ns)
    {
        if (ns.Metadata.DeletionTimestamp is not null)
        {
            controller.Enqueue(ObjectKey.Of(ns));
        }
    }
}
