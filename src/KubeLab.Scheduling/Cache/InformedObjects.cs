using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Cache;

/// <summary>The objects beside nodes and pods that the scheduler watches, and what their changes mean to waiting pods.</summary>
internal sealed class InformedObjects : IClusterObjects
{
    private readonly InformerFactory informers;

    public InformedObjects(IKubernetesApi api, VirtualClock clock, Action<ClusterEvent> changed)
    {
        informers = new InformerFactory(api, clock);
        Grouping<Service>(o => o.Spec.Selector);
        Grouping<ReplicaSet>(o => o.Spec.Selector);
        Grouping<StatefulSet>(o => o.Spec.Selector);
        Grouping<Namespace>(o => o.Metadata.Labels);
        informers.For<PodDisruptionBudget>();
        Waking<PersistentVolumeClaim>(ClusterChange.ClaimChanged);
        Waking<PersistentVolume>(ClusterChange.VolumeChanged);
        Waking<StorageClass>(ClusterChange.StorageClassChanged);
        Waking<CSINode>(ClusterChange.CsiNodeChanged);

        void Waking<T>(ClusterChange change)
            where T : class, IApiObject<T> => informers.For<T>().Changed += (old, now) => changed(new ClusterEvent(change, old, now));
    }

    public long SelectorsVersion { get; private set; }

    public T? Find<T>(string ns, string name)
        where T : class, IApiObject<T> => informers.For<T>()[new ObjectKey(ns, name)];

    public IEnumerable<T> All<T>()
        where T : class, IApiObject<T> => informers.For<T>().Objects;

    public void Start() => informers.Start();

    public void Stop() => informers.Stop();

    private void Grouping<T>(Func<T, object?> selector)
        where T : class, IApiObject<T> => informers.For<T>().Changed += (old, now) =>
        {
            if (old is null || now is null || !Equals(selector(old), selector(now)))
            {
                SelectorsVersion++;
            }
        };
}
