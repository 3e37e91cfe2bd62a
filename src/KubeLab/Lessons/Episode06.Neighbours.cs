using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;
using KubeLab.Observing;
using KubeLab.Simulated;
using KubeLab.Simulation;

namespace KubeLab.Lessons;

/// <content>E06.4: a pod whose neighbours want all that its node has.</content>
internal static partial class Episode06
{
    private const int Neighbours = 6;
    private const int SteadyMillis = 900;
    private const double Enough = 0.98;
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CheckResult Undisturbed(Cluster cluster)
    {
        if (cluster.Pod("steady").Object is not { } pod)
        {
            return CheckResult.NotYet("there is no pod \"steady\" in the namespace default. Apply it first.");
        }

        var resources = pod.Spec.Containers[0].Resources;
        if (QosClass.Of(pod.Spec) is var qos && qos != QosClass.Guaranteed)
        {
            return CheckResult.NotYet(qos == QosClass.Burstable
                ? "steady is Burstable: limits of CPU and memory have to be there, and requests equal to them."
                : "steady is BestEffort: it asks for nothing, and it is the first to go. See spec.containers[0].resources.");
        }

        if (!PodPhases.IsReady(pod))
        {
            return CheckResult.NotYet($"steady is {PodPhases.Of(pod)}, not ready. It holds 500 MiB: is its memory limit above that?");
        }

        return cluster is SimulatedCluster
            ? Crowded(cluster, pod)
            : Promised(resources.Limits["cpu"]!.Value.MilliValue);
    }

    /// <summary>Looks at each second of a branch of the cluster in which neighbours have moved in.</summary>
    private static CheckResult Crowded(Cluster cluster, Pod pod)
    {
        using var branch = cluster.Branch();
        var (node, from) = (pod.Spec.NodeName!, branch.Now);
        for (var i = 1; i <= Neighbours; i++)
        {
            branch.Api.Create(Neighbour($"neighbour-{i}", node));
        }

        var got = new TimeSeries("CPU of steady", "millicores");
        while (branch.Now - from < Watched)
        {
            branch.RunFor(Second);
            got.Record(branch.Now, branch.Recorder.UsageNow(node)?.Pods.FirstOrDefault(p => p.Pod == ObjectKey.Of(pod)).CpuMillis ?? 0);
        }

        var after = branch.Pod("steady").Object;
        if (after?.Metadata.Uid != pod.Metadata.Uid || !PodPhases.IsReady(after!) || branch.Pod("steady").Restarts > cluster.Pod("steady").Restarts)
        {
            return CheckResult.NotYet($"I tried it in a branch of your cluster: with neighbours, steady ended as {(after is null ? "deleted" : PodPhases.Of(after))}, restarted {branch.Pod("steady").Restarts} times.");
        }

        return new History(got, from, branch.Now).FirstBreach(millis => millis >= Enough * SteadyMillis) is { } breach
            ? CheckResult.NotYet($"I tried it in a branch of your cluster: {(breach.At - from).TotalSeconds:0} s after its neighbours came, steady got {breach.Value:0}m of the {SteadyMillis}m that it wants. {Because(pod)}")
            : CheckResult.Passed($"tried in a branch of your cluster: {Neighbours} neighbours wanted 12 CPUs and more memory than there is, and in each of {Watched.TotalSeconds:0} seconds steady got its {SteadyMillis}m.");
    }

    private static string Because(Pod pod) => pod.Spec.Containers[0].Resources.Limits["cpu"]!.Value.MilliValue < SteadyMillis
        ? "Its own limit throttles it."
        : "Its request is too small a weight against theirs.";

    private static CheckResult Promised(long limitMillis) => limitMillis < SteadyMillis
        ? CheckResult.NotYet($"its own limit of {limitMillis}m throttles it: it wants {SteadyMillis}m.")
        : CheckResult.Passed("its requests are reserved, and its class goes last. (The neighbours were not tried: this cluster has no branches.)");

    /// <summary>A neighbour that asks for nothing and takes what it gets.</summary>
    private static Pod Neighbour(string name, string node) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new PodSpec
        {
            NodeName = node,
            Containers =
            [
                new Container
                {
                    Name = "greedy",
                    Image = "kubelab/job",
                    Env = [new EnvVar { Name = "CPU_MILLIS", Value = "2000" }, new EnvVar { Name = "MEMORY_MIB", Value = "3000" }, new EnvVar { Name = "DURATION_SECONDS", Value = "3600" }],
                },
            ],
        },
    };
}
