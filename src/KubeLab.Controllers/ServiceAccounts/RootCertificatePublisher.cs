using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ServiceAccounts;

/// <summary>Keeps a config map in every namespace by which pods recognise the API server.</summary>
/// <remarks>Upstream: pkg/controller/certificates/rootcacertpublisher. Inside the simulation nobody speaks TLS: the certificate is empty until a door is opened.</remarks>
internal sealed class RootCertificatePublisher : IManagedController, IReconciler
{
    private const string MapName = "kube-root-ca.crt";
    private const string Key = "ca.crt";

    private static readonly StringMap Annotations = StringMap.Of((
        "kubernetes.io/description",
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. "
        + "No other usage is guaranteed across distributions of Kubernetes clusters."));

    private readonly IKubernetesApi api;
    private readonly Func<string> certificate;
    private readonly Informer<Namespace> namespaces;
    private readonly Informer<ConfigMap> maps;
    private readonly Controller controller;

    public RootCertificatePublisher(IKubernetesApi api, VirtualClock clock, InformerFactory informers, Func<string> certificate)
    {
        this.api = api;
        this.certificate = certificate;
        namespaces = informers.For<Namespace>();
        maps = informers.For<ConfigMap>();
        controller = new Controller(Name, clock, this);
        namespaces.Added += ns => controller.Enqueue(ObjectKey.Of(ns));
        maps.Updated += (_, map) => LookAt(map);
        maps.Deleted += LookAt;
    }

    public string Name => "root-ca-certificate-publisher-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <summary>Looks at every namespace again: there is another certificate.</summary>
    public void Publish()
    {
        foreach (var ns in namespaces.Objects)
        {
            controller.Enqueue(ObjectKey.Of(ns));
        }
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (namespaces[key] is not { Status.Phase: not "Terminating", Metadata.DeletionTimestamp: null })
        {
            return ReconcileResult.Done;
        }

        var data = StringMap.Of((Key, certificate()));
        if (api.Find<ConfigMap>(key.Name, MapName) is not { } map)
        {
            api.Create(new ConfigMap { Metadata = new() { Name = MapName, Namespace = key.Name, Annotations = Annotations }, Data = data });
        }
        else if (map.Data != data)
        {
            api.Update(map with { Data = data, Metadata = map.Metadata with { Annotations = Merged(map.Metadata.Annotations) } });
        }

        return ReconcileResult.Done;
    }

    private static StringMap Merged(StringMap annotations) => annotations.With(Annotations.Span[0].Key, Annotations.Span[0].Value);

    private void LookAt(ConfigMap map)
    {
        if (map.Metadata.Name == MapName)
        {
            controller.Enqueue(new ObjectKey("", map.Metadata.Namespace ?? ""));
        }
    }
}
