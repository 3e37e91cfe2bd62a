using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;
using KubeLab.Simulation;

namespace KubeLab.Nodes.StaticPods;

/// <summary>
/// Runs the pods of a machine's manifests, with or without an API server, and keeps a mirror of each there: who deletes a mirror finds it again, for the pod is the machine's.
/// </summary>
internal sealed class StaticPodRunner
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);
    private static readonly DeleteOptions AtOnce = new() { GracePeriodSeconds = 0 };

    private readonly ManifestFolder manifests;
    private readonly string node;
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly IStaticPodHost host;
    private readonly Dictionary<Pod, Pod> read = new(ReferenceEqualityComparer.Instance);
    private Scheduled? again;

    public StaticPodRunner(ManifestFolder manifests, string node, IKubernetesApi api, VirtualClock clock, IStaticPodHost host)
    {
        this.manifests = manifests;
        this.node = node;
        this.api = api;
        this.clock = clock;
        this.host = host;
        manifests.Changed = Sync;
    }

    /// <summary>The kubelet starts: what ran before goes on, what should run starts.</summary>
    public void Start()
    {
        foreach (var worker in host.Workers.Values.Where(w => w.IsStatic).ToList())
        {
            worker.Mirror = null;
            worker.Resume(worker.Pod);
        }

        Sync();
    }

    /// <summary>The kubelet stops.</summary>
    public void Stop()
    {
        again?.Cancel();
        again = null;
    }

    /// <summary>A mirror is there, or is meant to go.</summary>
    public void OnMirror(Pod mirror)
    {
        var worker = host.Workers.GetValueOrDefault(ObjectKey.Of(mirror));
        if (worker is not { IsStatic: true } || !StaticPod.IsMirrorOf(mirror, worker.Pod) || mirror.Metadata.DeletionTimestamp is not null)
        {
            Delete(mirror);
            return;
        }

        var isNew = worker.Mirror is null;
        worker.Mirror = mirror;
        if (isNew)
        {
            worker.Report();
        }
    }

    /// <summary>A mirror is gone.</summary>
    public void OnMirrorGone(Pod mirror)
    {
        if (host.Workers.GetValueOrDefault(ObjectKey.Of(mirror)) is { IsStatic: true } worker)
        {
            worker.Mirror = null;
            Mirror(worker);
        }
    }

    /// <summary>A static pod whose manifest is gone, or is another one now, has ended.</summary>
    public void OnEnded(PodWorker worker)
    {
        host.Forget(worker);
        if (worker.Mirror is { } mirror)
        {
            Delete(mirror);
        }

        Sync();
    }

    private void Sync()
    {
        if (!host.IsActive)
        {
            return;
        }

        var wanted = manifests.Pods.Select(Read).ToDictionary(ObjectKey.Of);
        foreach (var worker in host.Workers.Values.Where(w => w.IsStatic).ToList())
        {
            if (wanted.GetValueOrDefault(ObjectKey.Of(worker.Pod))?.Metadata.Uid != worker.Uid)
            {
                worker.Remove(worker.GracePeriod);
            }
        }

        foreach (var (key, pod) in wanted)
        {
            if (!host.Workers.ContainsKey(key))
            {
                Mirror(host.Take(pod));
            }
            else if (host.Workers[key] is { IsStatic: true, Mirror: null } worker && worker.Uid == pod.Metadata.Uid)
            {
                Mirror(worker);
            }
        }
    }

    private Pod Read(Pod manifest)
    {
        if (!read.TryGetValue(manifest, out var pod))
        {
            read.Add(manifest, pod = StaticPod.Of(manifest, node, clock.Now));
        }

        return pod;
    }

    private void Mirror(PodWorker worker)
    {
        try
        {
            var (ns, name) = (worker.Pod.Metadata.Namespace ?? "", worker.Pod.Metadata.Name ?? "");
            if (api.Find<Pod>(ns, name) is { } present)
            {
                OnMirror(present);
            }
            else if (api.Find<Node>("", node) is { } owner)
            {
                worker.Mirror = api.Create(StaticPod.MirrorOf(worker.Pod, owner));
                worker.Report();
            }
            else
            {
                TryAgain();
            }
        }
        catch (ApiException)
        {
            // The pod runs; nobody can be told of it now.
            TryAgain();
        }
    }

    private void Delete(Pod mirror)
    {
        try
        {
            api.Delete<Pod>(mirror.Metadata.Namespace ?? "", mirror.Metadata.Name ?? "", AtOnce with { Uid = mirror.Metadata.Uid });
        }
        catch (ApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // It is gone already, or another one by now.
        }
        catch (ApiException)
        {
            TryAgain();
        }
    }

    private void TryAgain() => again ??= clock.After(TryAgainAfter, () =>
    {
        again = null;
        Sync();
    });
}
