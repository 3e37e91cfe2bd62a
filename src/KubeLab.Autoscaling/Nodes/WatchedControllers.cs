using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>The owners of pods and the budgets that guard them, kept by watching.</summary>
internal sealed class WatchedControllers : IControllerLookup
{
    private readonly InformerFactory informers;

    public WatchedControllers(IKubernetesApi api, VirtualClock clock)
    {
        informers = new InformerFactory(api, clock);
        Counting<PodDisruptionBudget>();
        Counting<DaemonSet>();
        Counting<ReplicaSet>();
        Counting<StatefulSet>();
        Counting<ReplicationController>();
        Counting<Job>();
    }

    /// <summary>Grows with each budget that changes and each owner that comes, goes or wants another number of copies.</summary>
    public long Version { get; private set; }

    public IEnumerable<DaemonSet> DaemonSets => informers.For<DaemonSet>().Objects;

    public RemainingBudgets Budgets => new(informers.For<PodDisruptionBudget>().Objects);

    public bool HasSynced => informers.HasSynced;

    public void Start() => informers.Start();

    public void Stop() => informers.Stop();

    public (bool Exists, int? Replicas) Find(string ns, OwnerReference owner)
    {
        var key = new ObjectKey(ns, owner.Name);
        return owner.Kind switch
        {
            "ReplicaSet" => Of(informers.For<ReplicaSet>()[key], static s => s.Spec.Replicas),
            "ReplicationController" => Of(informers.For<ReplicationController>()[key], static c => c.Spec.Replicas),
            "StatefulSet" => Of(informers.For<StatefulSet>()[key], static s => s.Spec.Replicas),
            "Job" => (informers.For<Job>()[key] is not null, null),
            "DaemonSet" => (informers.For<DaemonSet>()[key] is not null, null),
            _ => (true, null),
        };
    }

    private static (bool, int?) Of<T>(T? owner, Func<T, int?> replicas)
        where T : class => (owner is not null, owner is null ? null : replicas(owner));

    private void Counting<T>()
        where T : class, IApiObject<T> => informers.For<T>().Changed += (old, now) =>
        {
            // The status of sets changes with every pod, which is counted elsewhere.
            if (old is null || now is null || now is PodDisruptionBudget || old.Metadata.Generation != now.Metadata.Generation)
            {
                Version++;
            }
        };
}
