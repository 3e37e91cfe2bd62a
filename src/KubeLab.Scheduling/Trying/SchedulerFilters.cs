using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Trying;

/// <summary>The scheduler's filters for those who try things out on a picture of their own: nodes that do not exist yet, pods that would have to move.</summary>
/// <remarks>It knows the objects beside nodes and pods (claims, budgets, services, namespaces) by watching them; nodes and pods are the caller's to put in.</remarks>
public sealed class SchedulerFilters
{
    private readonly InformedObjects objects;
    private readonly OrderedDictionary<string, ProfileRunner> runners = new(StringComparer.Ordinal);
    private long changes;

    /// <summary>Makes them, stopped: until <see cref="Start"/> the objects beside nodes and pods count as absent.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">The scheduler's configuration; upstream's defaults when null.</param>
    public SchedulerFilters(IKubernetesApi api, VirtualClock clock, SchedulerOptions? options = null)
    {
        options ??= SchedulerOptions.Default;
        objects = new InformedObjects(api, clock, _ => changes++);
        var chance = new Randomness(0);
        foreach (var profile in options.Profiles)
        {
            var context = new PluginContext(api, clock, new EventRecorder(api, clock, chance, profile.SchedulerName), Cache, objects);
            runners.Add(profile.SchedulerName, new ProfileRunner(Profile.Of(context, profile)));
        }
    }

    /// <summary>The nodes, real or not, and the pods on them.</summary>
    public SchedulerCache Cache { get; } = new();

    /// <summary>The objects beside nodes and pods.</summary>
    public IClusterObjects Objects => objects;

    /// <summary>Grows when one of those that could make a pod fit changed, or a selector that groups pods did.</summary>
    public long ObjectsVersion => changes + objects.SelectorsVersion;

    /// <summary>Begins to watch the objects beside nodes and pods.</summary>
    public void Start() => objects.Start();

    /// <summary>Ends that, and forgets everything.</summary>
    public void Stop()
    {
        objects.Stop();
        Cache.Clear();
    }

    /// <summary>Asks the filters about a pod as if it had no node; the answers hold until the picture changes.</summary>
    public PodTrial Try(Pod pod)
    {
        var free = pod.Spec.NodeName is null && pod.Status.NominatedNodeName is null
            ? pod
            : pod with { Spec = pod.Spec with { NodeName = null }, Status = pod.Status with { NominatedNodeName = null } };
        var runner = runners.GetValueOrDefault(pod.Spec.SchedulerName ?? "default-scheduler") ?? runners.GetAt(0).Value;
        return new PodTrial(runner, Cache.InfoOf(free), Cache.Nodes);
    }
}
