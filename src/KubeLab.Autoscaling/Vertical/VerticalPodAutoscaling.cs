using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Vertical.Admission;
using KubeLab.Autoscaling.Vertical.Recommending;
using KubeLab.Autoscaling.Vertical.Updating;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>The three programs of the vertical autoscaler as an operator installs them: recommender, updater and admission controller.</summary>
/// <seealso href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler">Vertical Pod Autoscaler</seealso>
public sealed class VerticalPodAutoscaling
{
    private readonly IKubernetesApi installer;
    private readonly VpaCaches caches;
    private readonly VpaWebhook webhook;
    private bool admits;

    /// <summary>Makes stopped ones.</summary>
    /// <param name="connect">The verbs as a user of that name.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="chance">Names events.</param>
    /// <param name="kinds">All kinds that the server has, among which targets are looked for.</param>
    /// <param name="options">How they behave; null for upstream's defaults.</param>
    public VerticalPodAutoscaling(
        Func<string, IKubernetesApi> connect, VirtualClock clock, Randomness chance, Func<IEnumerable<ApiResource>> kinds, VerticalPodAutoscalerOptions? options = null)
    {
        Options = options ?? VerticalPodAutoscalerOptions.Default;
        installer = connect("kubernetes-admin");
        caches = new VpaCaches(connect("system:serviceaccount:kube-system:vpa-admission-controller"), clock, kinds, Options);
        webhook = new VpaWebhook(caches);
        Recommender = new Recommender(connect("system:serviceaccount:kube-system:vpa-recommender"), clock, caches, Options);
        var evicting = connect("system:serviceaccount:kube-system:vpa-updater");
        Updater = new Updater(evicting, clock, new EventRecorder(evicting, clock, chance.For("events/vpa-updater"), "vpa-updater"), caches, () => admits, Options);
    }

    /// <summary>How they behave.</summary>
    public VerticalPodAutoscalerOptions Options { get; }

    /// <summary>What the API servers have to ask; nothing while it does not run.</summary>
    public IReadOnlyList<IMutatingWebhook> Webhooks => admits ? [webhook] : [];

    /// <summary>Told of what the recommender saw and said, container by container.</summary>
    public Action<RecommendationMade>? Said
    {
        get => Recommender.Said;
        set => Recommender.Said = value;
    }

    /// <summary>The program that recommends.</summary>
    internal Recommender Recommender { get; }

    /// <summary>The program that evicts.</summary>
    internal Updater Updater { get; }

    /// <summary>Whether the server serves the kinds that come along.</summary>
    public bool IsServed => VpaDefinitions.AreEstablished(installer);

    /// <summary>Stores the kinds that come along, and starts all three; what runs already goes on.</summary>
    /// <exception cref="ApiException">The server refuses.</exception>
    public void Start()
    {
        VpaDefinitions.Ensure(installer);
        caches.Start();
        admits = true;
        Recommender.Start();
        Updater.Start();
    }

    /// <summary>Stops all three; kinds, objects and checkpoints stay.</summary>
    public void Stop()
    {
        admits = false;
        Updater.Stop();
        Recommender.Stop();
        caches.Stop();
    }
}
