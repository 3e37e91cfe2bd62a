using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Cloud.Machines;
using KubeLab.Simulation;
using KubeLab.Views;

namespace KubeLab.Observing;

/// <summary>Records how many copies of each workload and how many nodes there are, and when each pod and each node came to life.</summary>
/// <remarks>It learns by watches, as any client; only machines that are no nodes yet are told by the cloud. Nothing is recorded while nothing changes.</remarks>
internal sealed partial class ScalingRecorder
{
    private const int GoneLivesMax = 10_000;
    private const string MasterLabel = "node-role.kubernetes.io/control-plane";

    private readonly VirtualClock clock;
    private readonly Informer<HorizontalPodAutoscaler> autoscalers;
    private readonly Informer<Deployment> deployments;
    private readonly Informer<ReplicaSet> replicaSets;
    private readonly Dictionary<ObjectKey, ReplicaRecord> workloads = [];
    private readonly Dictionary<ObjectKey, PodLife> lives = [];
    private readonly Queue<PodLife> gone = [];
    private readonly OrderedDictionary<string, NodeLife> nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> masters = new(StringComparer.Ordinal);
    private readonly int[] inState = new int[4];

    /// <summary>Listens to what the recorder's own watches tell.</summary>
    public ScalingRecorder(IKubernetesApi api, VirtualClock clock, Informer<Pod> pods, Informer<Node> nodes)
    {
        this.clock = clock;
        autoscalers = new Informer<HorizontalPodAutoscaler>(api, clock, HorizontalPodAutoscaler.Resource);
        deployments = new Informer<Deployment>(api, clock, Deployment.Resource);
        replicaSets = new Informer<ReplicaSet>(api, clock, ReplicaSet.Resource);
        autoscalers.Added += OnAutoscaler;
        autoscalers.Updated += (_, now) => OnAutoscaler(now);
        autoscalers.Deleted += OnAutoscalerGone;
        deployments.Added += OnDeployment;
        deployments.Updated += (_, now) => OnDeployment(now);
        deployments.Deleted += gone => Of(ObjectKey.Of(gone)).Wanted.Record(clock.Now, 0);
        replicaSets.Added += set => OnReplicaSet(set, set.Spec.Replicas ?? 1);
        replicaSets.Updated += (_, now) => OnReplicaSet(now, now.Spec.Replicas ?? 1);
        replicaSets.Deleted += gone => OnReplicaSet(gone, 0);
        pods.Added += OnPod;
        pods.Updated += (_, pod) => OnPod(pod);
        pods.Deleted += OnPodGone;
        nodes.Added += OnNode;
        nodes.Updated += (_, node) => OnNode(node);
        nodes.Deleted += node => OnNodeGone(node.Metadata.Name!);
    }

    /// <summary>Workers whose nodes are ready.</summary>
    public TimeSeries ReadyNodes { get; } = new("ready", "nodes");

    /// <summary>Workers whose nodes are not ready.</summary>
    public TimeSeries UnreadyNodes { get; } = new("not ready", "nodes");

    /// <summary>Workers that were asked for and are no nodes yet.</summary>
    public TimeSeries BootingNodes { get; } = new("booting", "nodes");

    /// <summary>All workers that there ever were, in the order in which they came.</summary>
    public IEnumerable<NodeLife> Nodes => nodes.Values;

    /// <summary>The pods' lives, the oldest first; of those that are gone, the newest ten thousand.</summary>
    public IEnumerable<PodLife> Lives => gone.Concat(lives.Values).OrderBy(l => l.CreatedAt).ThenBy(l => l.Key);

    /// <summary>The workloads, by namespace and name.</summary>
    public IEnumerable<KeyValuePair<ObjectKey, ReplicaRecord>> Workloads =>
        workloads.OrderBy(w => w.Key.Namespace, StringComparer.Ordinal).ThenBy(w => w.Key.Name, StringComparer.Ordinal);

    /// <summary>What is recorded of a workload; null when nothing is.</summary>
    public ReplicaRecord? Find(string ns, string name) => workloads.GetValueOrDefault(new ObjectKey(ns, name));

    /// <summary>Begins to watch.</summary>
    public void Start()
    {
        autoscalers.Start();
        deployments.Start();
        replicaSets.Start();
    }

    /// <summary>A worker's machine was asked for.</summary>
    public void OnMachine(Machine machine)
    {
        var life = NodeOf(machine.Name);
        life.Machine = machine;
        machine.Started += _ => life.BootedAt = clock.Now;
        machine.Deleted += m => OnNodeGone(m.Name);
        Become(life, NodeState.Booting);
    }

    private void OnAutoscaler(HorizontalPodAutoscaler autoscaler)
    {
        var target = autoscaler.Spec.ScaleTargetRef;
        var record = Of(new ObjectKey(autoscaler.Metadata.Namespace ?? "", target.Name));
        record.Bounds = (autoscaler.Spec.MinReplicas ?? 1, autoscaler.Spec.MaxReplicas);
        if (target.Kind != Deployment.Resource.Kind && autoscaler.Status.DesiredReplicas > 0)
        {
            record.Wanted.Record(clock.Now, autoscaler.Status.DesiredReplicas);
        }

        var isHeld = autoscaler.Status.Conditions.Exists(static c => c.Reason is "ScaleDownStabilized" or "ScaleUpStabilized");
        record.Held.Record(clock.Now, isHeld ? 1 : 0);
    }

    private void OnAutoscalerGone(HorizontalPodAutoscaler autoscaler)
    {
        var record = Of(new ObjectKey(autoscaler.Metadata.Namespace ?? "", autoscaler.Spec.ScaleTargetRef.Name));
        record.Bounds = null;
        record.Held.Record(clock.Now, 0);
    }

    private void OnDeployment(Deployment deployment) => Of(ObjectKey.Of(deployment)).Wanted.Record(clock.Now, deployment.Spec.Replicas ?? 1);

    /// <summary>The replica sets of a deployment share what it wants among them; only those without one want something themselves.</summary>
    private void OnReplicaSet(ReplicaSet set, int wanted)
    {
        if (!set.Metadata.OwnerReferences.Exists(static o => o.Controller == true))
        {
            Of(ObjectKey.Of(set)).Wanted.Record(clock.Now, wanted);
        }
    }

    private void OnPod(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (!lives.TryGetValue(key, out var life))
        {
            lives.Add(key, life = new PodLife(key, clock.Now) { Labels = pod.Metadata.Labels, Version = VersionOf(pod) });
        }

        Own(life, pod);

        if (life.ScheduledAt is null && pod.Spec.NodeName is { } node)
        {
            (life.Node, life.ScheduledAt) = (node, clock.Now);
        }

        var phase = PodPhases.Of(pod);
        var isReady = phase == "Running";
        if (life.StartedAt is null && (isReady || phase == "NotReady"))
        {
            life.StartedAt = clock.Now;
        }

        if (isReady)
        {
            life.ReadyAt ??= clock.Now;
        }

        Count(life, phase is not ("Terminating" or "Succeeded" or "Failed"), isReady);
    }

    /// <summary>A pod that is adopted or let go counts for its new owner from now on.</summary>
    private void Own(PodLife life, Pod pod)
    {
        var uid = WorkloadRecords.OwnerUidOf(pod);
        if (uid == life.OwnerUid)
        {
            return;
        }

        var (existing, ready) = (Step(false, life.Exists), Step(false, life.IsReady));
        life.Workload?.Count(clock.Now, -existing, -ready);
        (life.OwnerUid, life.Workload) = (uid, WorkloadRecords.KeyOf(pod) is { } workload ? Of(workload) : null);
        life.Workload?.Count(clock.Now, existing, ready);
    }

    private void OnPodGone(Pod pod)
    {
        if (lives.Remove(ObjectKey.Of(pod), out var life))
        {
            Count(life, false, false);
            gone.Enqueue(life);
            if (gone.Count > GoneLivesMax)
            {
                gone.Dequeue();
            }
        }
    }

    private void Count(PodLife life, bool exists, bool isReady)
    {
        var (existing, ready) = (Step(life.Exists, exists), Step(life.IsReady, isReady));
        life.Workload?.Count(clock.Now, existing, ready);
        life.Version?.Count(clock.Now, existing, ready);
        (life.Exists, life.IsReady) = (exists, isReady);
    }

    private void OnNode(Node node)
    {
        var name = node.Metadata.Name!;
        if (node.Metadata.Labels.ContainsKey(MasterLabel))
        {
            if (masters.Add(name))
            {
                OnNodeGone(name);
            }

            return;
        }

        var life = NodeOf(name);
        var isReady = NodeView.IsReadyNode(node);
        life.RegisteredAt ??= clock.Now;
        if (isReady)
        {
            life.ReadyAt ??= clock.Now;
        }

        Become(life, isReady ? NodeState.Ready : NodeState.NotReady);
    }

    private void OnNodeGone(string name)
    {
        if (nodes.TryGetValue(name, out var life))
        {
            Become(life, NodeState.Gone);
        }
    }

    private void Become(NodeLife life, NodeState state)
    {
        if (life.State == state)
        {
            return;
        }

        inState[(int)life.State]--;
        inState[(int)state]++;
        life.State = state;
        ReadyNodes.Record(clock.Now, inState[(int)NodeState.Ready]);
        UnreadyNodes.Record(clock.Now, inState[(int)NodeState.NotReady]);
        BootingNodes.Record(clock.Now, inState[(int)NodeState.Booting]);
    }

    private ReplicaRecord Of(ObjectKey key)
    {
        if (!workloads.TryGetValue(key, out var record))
        {
            workloads.Add(key, record = new ReplicaRecord(key.Name));
        }

        return record;
    }

    private NodeLife NodeOf(string name)
    {
        if (!nodes.TryGetValue(name, out var life))
        {
            nodes.Add(name, life = new NodeLife(name));
        }

        return life;
    }

    private static int Step(bool before, bool now) => (now ? 1 : 0) - (before ? 1 : 0);
}
