using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>Says which services have to be looked at: at once when they changed, soon when a pod did that they select.</summary>
internal sealed class ServiceWatch
{
    /// <summary>
    /// Changes of pods within this time are answered together. It stands for the time that a real round takes and keeps thousands of pods that start from
    /// rewriting the same slice thousands of times.
    /// </summary>
    public static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(250);

    private readonly Controller controller;
    private readonly ServiceSelectors selectors;

    public ServiceWatch(Controller controller, InformerFactory informers, ServiceSelectors selectors)
    {
        this.controller = controller;
        this.selectors = selectors;
        var services = informers.For<Service>();
        services.Changed += OnService;
        var pods = informers.For<Pod>();
        pods.Added += pod => Enqueue(pod);
        pods.Deleted += pod => Enqueue(pod);
        pods.Updated += OnPod;
    }

    private void OnService(Service? old, Service? service)
    {
        if ((service ?? old) is { } any && (old is null || service is null || old.Spec != service.Spec || old.Metadata.Labels != service.Metadata.Labels || old.Metadata.Uid != service.Metadata.Uid))
        {
            controller.Enqueue(ObjectKey.Of(any));
        }
    }

    private void OnPod(Pod old, Pod pod)
    {
        if (old.Metadata.Labels != pod.Metadata.Labels)
        {
            Enqueue(old);
            Enqueue(pod);
        }
        else if (EndpointOf.Differs(old, pod))
        {
            Enqueue(pod);
        }
    }

    private void Enqueue(Pod pod)
    {
        foreach (var service in selectors.Selecting(pod.Metadata.Namespace ?? "", pod.Metadata.Labels))
        {
            controller.EnqueueAfter(service, BatchPeriod);
        }
    }
}
