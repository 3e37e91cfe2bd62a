using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Vertical.Capping;
using KubeLab.Autoscaling.Vertical.Targets;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>What the vertical autoscaler's programs know of the cluster.</summary>
/// <remarks>Upstream each of the three has copies of its own; here they share one, and a program that is stopped forgets what it had concluded.</remarks>
internal sealed class VpaCaches
{
    private readonly InformerFactory factory;

    /// <summary>Makes stopped ones.</summary>
    public VpaCaches(IKubernetesApi api, VirtualClock clock, Func<IEnumerable<ApiResource>> kinds, VerticalPodAutoscalerOptions options)
    {
        factory = new InformerFactory(api, clock);
        Autoscalers = new VpaInformer(api, clock, options);
        Pods = factory.For<Pod>();
        Limits = new LimitRangeItems(factory.For<LimitRange>());
        Targets = new TargetControllers(api, factory, kinds);
    }

    /// <summary>The autoscalers.</summary>
    public VpaInformer Autoscalers { get; }

    /// <summary>All pods.</summary>
    public Informer<Pod> Pods { get; }

    /// <summary>The bounds that namespaces set.</summary>
    public LimitRangeItems Limits { get; }

    /// <summary>The controllers that autoscalers may be about.</summary>
    public TargetControllers Targets { get; }

    /// <summary>Whether everything has been read once.</summary>
    public bool HaveSynced => factory.HasSynced && Autoscalers.HasSynced;

    /// <summary>Begins to watch.</summary>
    public void Start()
    {
        factory.Start();
        Autoscalers.Start();
    }

    /// <summary>Ends it, and forgets all.</summary>
    public void Stop()
    {
        factory.Stop();
        Autoscalers.Stop();
    }
}
