using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Cache;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Framework;

/// <summary>What plugins may use: the API, the clock, the scheduler's picture of nodes and pods, and the other objects it watches.</summary>
/// <remarks>Upstream: framework.Handle.</remarks>
/// <param name="Api">The server.</param>
/// <param name="Clock">The time.</param>
/// <param name="Events">Writes events.</param>
/// <param name="Cache">Nodes and the pods on them.</param>
/// <param name="Objects">Namespaces, services, volumes, budgets and so on.</param>
public sealed record PluginContext(IKubernetesApi Api, VirtualClock Clock, EventRecorder Events, SchedulerCache Cache, IClusterObjects Objects);

/// <summary>The objects a scheduler looks up beside nodes and pods.</summary>
public interface IClusterObjects
{
    /// <summary>Grows when a selector that groups pods changed: those of services, replica sets and stateful sets, and namespaces' labels.</summary>
    long SelectorsVersion { get; }

    /// <summary>The object called so, or null.</summary>
    T? Find<T>(string ns, string name)
        where T : class, IApiObject<T>;

    /// <summary>All objects of a kind.</summary>
    IEnumerable<T> All<T>()
        where T : class, IApiObject<T>;
}
