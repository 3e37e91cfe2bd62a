using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Charts;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulated;

namespace KubeLab.Physics;

/// <summary>Runs the campaign that CMS published on a simulated cluster: real jobs, scheduled and run by the components; how long it takes and what it costs follows.</summary>
public static class PfNanoRun
{
    private const string Pool = "workers";
    private const string Namespace = "default";
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(2);

    /// <summary>How often it is looked at while jobs wait for a place: nobody is idle then.</summary>
    private static readonly TimeSpan LookWhileJobsWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Limit = TimeSpan.FromDays(20);

    /// <summary>
    /// What runs on each node beside the jobs, as on GKE: kube-proxy and the agent that collects logs, 100m each. They are why five jobs of 780m do not fit on a node with 3,920m, but four.
    /// </summary>
    private const string SystemPods = """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: kube-proxy, namespace: kube-system}
        spec:
          selector: {matchLabels: {app: kube-proxy}}
          template:
            metadata: {labels: {app: kube-proxy}}
            spec:
              tolerations: [{operator: Exists}]
              containers: [{name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.33.0", resources: {requests: {cpu: 100m}}}]
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: fluentbit-gke, namespace: kube-system}
        spec:
          selector: {matchLabels: {app: fluentbit-gke}}
          template:
            metadata: {labels: {app: fluentbit-gke}}
            spec:
              tolerations: [{operator: Exists}]
              containers: [{name: fluentbit, image: "fluent/fluent-bit:3.1", resources: {requests: {cpu: 100m, memory: 200Mi}}}]
        """;

    /// <summary>Runs it, from the first machine to the last.</summary>
    /// <exception cref="ArgumentException">Provider, region or machine are unknown, or have no price; the message lists what exists.</exception>
    public static PfNanoResult Of(PfNanoWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        using var cluster = Lab.Simulate(new SimulationOptions
        {
            Seed = wish.Seed,
            Provider = wish.Provider,
            Region = wish.Region,
            Record = false,

            // Nobody reads metrics here, and asking hundreds of kubelets every 15 seconds for days takes its time.
            Metrics = new() { Resolution = TimeSpan.FromHours(1) },
        });
        cluster.AddManagedMasters();
        cluster.Apply(SystemPods);
        cluster.AddNodePool(
            new NodePoolOptions { Name = Pool, MachineType = wish.Machine, Spot = wish.Spot, PreloadedImages = wish.ImageCached ? [PfNanoWish.Image] : [] }, wish.Nodes);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        var submitted = cluster.Now;
        var files = new Queue<int>(Enumerable.Range(1, wish.Files));
        Submit(cluster, wish, files, wish.Nodes * (cluster.Cloud.Pool(Pool).MachineType.Vcpus + 1));
        var (jobsPerNode, failed) = Work(cluster, wish, files);
        var hours = (LastEnd(cluster) - submitted).TotalHours;
        cluster.Delete();
        return new PfNanoResult(wish, hours, jobsPerNode, failed, cluster.Bill());
    }

    /// <summary>Runs several, as many at a time as there are cores; a run shares nothing with another one, so that each comes out as if it were alone.</summary>
    /// <param name="wishes">What to run.</param>
    /// <exception cref="ArgumentException">There is none, or one of them cannot be run; the message says why.</exception>
    public static PfNanoComparison Compare(params IReadOnlyList<PfNanoWish> wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        if (wishes.Count == 0)
        {
            throw new ArgumentException("there is nothing to run: give at least one wish", nameof(wishes));
        }

        var results = new PfNanoResult[wishes.Count];
        var failures = new Exception?[wishes.Count];
        Parallel.For(0, wishes.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                results[i] = Of(wishes[i]);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                failures[i] = e;
            }
        });
        return Array.Find(failures, f => f is not null) is { } first
            ? throw new ArgumentException(first.Message, nameof(wishes), first)
            : new PfNanoComparison(results);
    }

    /// <summary>The published runs with the machines of <c>data/prices</c>, in the order of the file.</summary>
    /// <param name="files">How many files; 353 is what was measured.</param>
    public static IReadOnlyList<PfNanoWish> Published(int files = 353) =>
    [
        .. MeasuredRun.All().Select(run => new PfNanoWish
        {
            Provider = run.Provider,
            Region = run.Provider == "infomaniak" ? "switzerland" : run.Machine.StartsWith("c2", StringComparison.Ordinal) ? "us-central1" : "europe-west4",
            Machine = run.Machine,
            Nodes = run.Nodes,
            Files = files,
        }),
    ];

    /// <summary>The measured runs as points of a <see cref="TimePricePlaneChart"/>, in Swiss francs.</summary>
    public static IReadOnlyList<PlanePoint> Measured() =>
        [.. MeasuredRun.All().Select(run => new PlanePoint($"{run.Nodes} x {run.Machine}", (double)run.Hours, (double)run.Chf))];

    private static (int JobsPerNode, int Failed) Work(SimulatedCluster cluster, PfNanoWish wish, Queue<int> files)
    {
        var (most, end, look) = (0, cluster.Now + Limit, Look);
        while (true)
        {
            cluster.RunFor(look);
            var pods = cluster.Pods();
            var waiting = pods.Count(p => p.Spec.NodeName is null);
            if (waiting < wish.Nodes)
            {
                Submit(cluster, wish, files, (2 * wish.Nodes) - waiting);
            }

            look = waiting > 0 ? LookWhileJobsWait : Look;
            var busy = pods.Where(p => p.Status.Phase is not ("Succeeded" or "Failed") && p.Spec.NodeName is not null)
                .GroupBy(p => p.Spec.NodeName!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            most = Math.Max(most, busy.Values.DefaultIfEmpty(0).Max());

            // Jobs are only asked when no pod works any more: hundreds of objects at each look would take longer than the run itself.
            var jobs = busy.Count == 0 && waiting == 0 && files.Count == 0 ? cluster.Api.List<Job>(Namespace) : [];
            var done = jobs.Count(j => j.Status.CompletionTime is not null);
            if (done == wish.Files)
            {
                return (most, jobs.Sum(j => j.Status.Failed));
            }

            if (cluster.Now > end)
            {
                var why = cluster.Api.List<Event>(Namespace).LastOrDefault(e => e.Type == "Warning")?.Message ?? "no event says why";
                throw new InvalidOperationException(FormattableString.Invariant($"{wish.Files - cluster.Api.List<Job>(Namespace).Count(j => j.Status.CompletionTime is not null)} of {wish.Files} files are not done after {Limit.TotalDays} days: {why}"));
            }

            if (waiting == 0 && files.Count == 0 && wish.IdleNodesGoAfter is { } patience && cluster.NodeAutoscaler is null)
            {
                LetIdleNodesGo(cluster, wish.Nodes, patience);
            }
        }
    }

    /// <summary>
    /// Hands in the next files. Some always wait for a place, so that none stays empty, but not hundreds for days: as with Argo's <c>parallelism</c>, what cannot run yet does not occupy the scheduler.
    /// </summary>
    private static void Submit(SimulatedCluster cluster, PfNanoWish wish, Queue<int> files, int count)
    {
        for (; count > 0 && files.TryDequeue(out var file); count--)
        {
            cluster.Api.Create(JobOf(wish, file));
        }
    }

    /// <summary>
    /// From now on the cluster autoscaler gives back what nobody needs. While jobs wait every node has work, and all that it could do is to say every ten seconds that the pool may not grow; so it comes when none waits any more.
    /// </summary>
    private static void LetIdleNodesGo(SimulatedCluster cluster, int nodes, TimeSpan patience)
    {
        cluster.ClusterAutoscaler(options => options with { ScaleDownUnneededTime = patience });
        cluster.Autoscale(Pool, 0, nodes);
    }

    // Pods go with their nodes; what they did stands in their jobs.
    private static DateTimeOffset LastEnd(SimulatedCluster cluster) => cluster.Api.List<Job>(Namespace).Max(j => j.Status.CompletionTime?.Instant) ?? cluster.Now;

    private static Job JobOf(PfNanoWish wish, int file) => new()
    {
        Metadata = new() { Name = string.Create(CultureInfo.InvariantCulture, $"pfnano-{file:000}"), Namespace = Namespace },
        Spec = new JobSpec
        {
            Template = new PodTemplateSpec
            {
                // Hours of work are lost when a job is moved: an autoscaler may take empty nodes only.
                Metadata = new() { Annotations = StringMap.Of(("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")) },
                Spec = new PodSpec
                {
                    RestartPolicy = "Never",
                    Containers =
                    [
                        new Container
                        {
                            Name = "pfnano",
                            Image = PfNanoWish.Image,
                            ImagePullPolicy = "IfNotPresent",
                            Resources = new ResourceRequirements
                            {
                                Requests = ResourceList.Of(("cpu", Quantity.Parse(wish.RequestCpu)), ("memory", Quantity.Parse(wish.RequestMemory))),
                            },
                        },
                    ],
                },
            },
        },
    };
}
