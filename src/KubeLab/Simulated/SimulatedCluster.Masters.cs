using KubeLab.Cloud.Machines;
using KubeLab.Etcd.Replicated;
using KubeLab.Nodes;
using KubeLab.Simulated.Masters;
using KubeLab.Views;

namespace KubeLab.Simulated;

/// <content>The masters: more of them, parts of them stopped and started, the network between them cut.</content>
/// <remarks>What is done here is noted, so that it is repeated when somebody looks back or branches.</remarks>
public sealed partial class SimulatedCluster
{
    /// <inheritdoc/>
    public override void AddMasters(int count, string machine = MasterMachine, bool wait = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Act(c => c.CreateMasters(count, machine));
        if (wait)
        {
            WaitForNodes(MasterPool);
        }
    }

    /// <inheritdoc/>
    public override MastersView Masters() => new([.. plane.Masters.Select(m => new MasterState(
        m.Name, m.HasPower, m.Member.IsUp, m.Member.IsAvailable, m.Member.IsLeader, m.Server.IsUp, StateOf(m.SchedulerProcess), StateOf(m.ManagerProcess), StateOf(m.CloudProcess)))]);

    /// <inheritdoc/>
    public override void StopComponent(string machine, string component) => Act(c =>
    {
        var kubelet = c.KubeletWith(machine, component);
        if (component == ComponentNames.Kubelet)
        {
            kubelet.StopKubelet();
        }
        else
        {
            kubelet.Manifests.Remove(ControlPlanePods.FileOf(component));
        }

        c.recorder.Mark($"{component} stopped on {machine}");
    });

    /// <inheritdoc/>
    public override void StartComponent(string machine, string component) => Act(c =>
    {
        var kubelet = c.KubeletWith(machine, component);
        if (component == ComponentNames.Kubelet)
        {
            kubelet.StartKubelet();
        }
        else
        {
            ControlPlanePods.Put(kubelet, component);
        }

        c.recorder.Mark($"{component} started on {machine}");
    });

    /// <inheritdoc/>
    public override void Partition(string sides) => Act(c =>
    {
        c.plane.Network.Part(Sides.Parse(sides, c.MachineNames()));
        c.recorder.Mark($"network cut: {sides}");
    });

    /// <inheritdoc/>
    public override void Heal() => Act(c =>
    {
        c.plane.Network.Heal();
        c.recorder.Mark("network healed");
    });

    /// <summary>The members of the store: who leads, their logs, their journal. Only to look at: what changes them is <see cref="Kill"/>, <see cref="Partition"/>, <see cref="SlowDisk"/> and the like, which are noted.</summary>
    public EtcdCluster Store => plane.Store.Cluster;

    /// <inheritdoc/>
    public override void SlowDisk(string machine, TimeSpan? sync) => Act(c =>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sync ?? TimeSpan.Zero, TimeSpan.Zero);
        if (c.plane.Store.Cluster.Find(machine) is null)
        {
            throw new ArgumentException($"no member of the store on \"{machine}\"; there are {string.Join(", ", c.plane.Store.Cluster.Members().Select(m => m.Name))}", nameof(machine));
        }

        c.plane.Store.Cluster.SlowDisk(machine, sync);
        c.recorder.Mark(sync is { } time ? FormattableString.Invariant($"disk of {machine}: {time.TotalMilliseconds} ms") : $"disk of {machine} mended");
    });

    private const string MasterMachine = "e2-standard-2";

    private void CreateMasters(int count, string machine)
    {
        if (isManaged)
        {
            throw new InvalidOperationException("the provider runs this cluster's masters: AddMasters is for a cluster of your own");
        }

        if (Cloud.Pools.FirstOrDefault(p => p.Name == MasterPool) is { } pool)
        {
            if (machine != MasterMachine && machine != pool.MachineType.Name)
            {
                throw new ArgumentException($"the masters of this cluster are of type {pool.MachineType.Name}, and all are alike: leave \"{machine}\" out", nameof(machine));
            }

            pool.Resize(pool.Size + count);
        }
        else
        {
            var options = new NodePoolOptions
            {
                Name = MasterPool,
                MachineType = machine,
                Labels = new Dictionary<string, string> { ["node-role.kubernetes.io/control-plane"] = "" },
                Taints = [new MachineTaint("node-role.kubernetes.io/control-plane", "", "NoSchedule")],
            };
            Cloud.CreateNodePool(options, count);
        }

        recorder.Mark($"{count} master{(count == 1 ? "" : "s")}");
    }

    private static ProcessState StateOf(ElectedProcess process) =>
        process.IsLeading ? ProcessState.Leads : process.IsRunning ? ProcessState.Waits : ProcessState.Down;

    private List<string> MachineNames() => [.. Cloud.Machines.Select(m => m.Name).Union(kubelets.Keys)];

    private Kubelet KubeletWith(string machine, string component)
    {
        var names = MachineNames();
        if (!names.Contains(machine))
        {
            throw new ArgumentException($"no machine \"{machine}\"; there are {(names.Count == 0 ? "none" : string.Join(", ", names))}", nameof(machine));
        }

        ComponentNames.Require(component, machine, plane.Find(machine) is not null);
        return kubelets.GetValueOrDefault(machine)
            ?? throw new InvalidOperationException($"machine {machine} is still being provisioned: let time pass until it runs");
    }

    private bool ReachesAMaster(string machine) => !plane.Network.IsParted || plane.Masters.Any(m => plane.Network.Reaches(machine, m.Name));

    private void OnNetworkChanged()
    {
        foreach (var (name, kubelet) in kubelets)
        {
            var isCut = !ReachesAMaster(name);
            if (isCut && !kubelet.IsCut)
            {
                kubelet.CutNetwork();
            }
            else if (!isCut && kubelet.IsCut)
            {
                kubelet.RestoreNetwork();
            }
        }
    }
}
