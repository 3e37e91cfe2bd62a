using KubeLab.Simulated;
using KubeLab.Views;

namespace KubeLab.Http.Live;

/// <summary>One master as a page draws it.</summary>
/// <param name="Name">The machine.</param>
/// <param name="IsUp">Whether it has power.</param>
/// <param name="Leader">Whether its member leads the store.</param>
/// <param name="HasQuorum">Whether its member belongs to a majority.</param>
/// <param name="Term">The term its member knows of; null when it is down.</param>
/// <param name="Components">What runs on it.</param>
internal sealed record LiveMaster(string Name, bool IsUp, bool Leader, bool HasQuorum, long? Term, IReadOnlyList<LiveComponent> Components);

/// <summary>One component of a master.</summary>
/// <param name="Name">For example <c>kube-scheduler</c>.</param>
/// <param name="State"><c>up</c>, <c>down</c>, <c>leads</c>, <c>follows</c>, <c>waits</c> or <c>no quorum</c>.</param>
internal sealed record LiveComponent(string Name, string State);

/// <summary>The masters as a page draws them.</summary>
internal static class LiveMasters
{
    /// <summary>Reads them now.</summary>
    public static IReadOnlyList<LiveMaster> Of(SimulatedCluster cluster)
    {
        var terms = cluster.Store.Members().ToDictionary(m => m.Name, m => (long?)m.Term, StringComparer.Ordinal);
        return [.. cluster.Masters().Masters.Select(m => new LiveMaster(m.Machine, m.IsUp, m.IsMemberLeader, m.HasQuorum, terms.GetValueOrDefault(m.Machine),
        [
            new("etcd", !m.IsMemberUp ? "down" : !m.HasQuorum ? "no quorum" : m.IsMemberLeader ? "leads" : "follows"),
            new("kube-apiserver", m.IsApiServerUp ? "up" : "down"),
            new("kube-scheduler", Word(m.Scheduler)),
            new("kube-controller-manager", Word(m.ControllerManager)),
            new("cloud-controller-manager", Word(m.CloudControllerManager)),
        ]))];
    }

    private static string Word(ProcessState state) => state switch
    {
        ProcessState.Leads => "leads",
        ProcessState.Waits => "waits",
        _ => "down",
    };
}
