using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Machines;
using KubeLab.Controllers.CloudNodes;
using KubeLab.Nodes;
using KubeLab.Simulated.Masters;

namespace KubeLab.Simulated;

/// <content>Machines and their kubelets: they join when they start, and go with their power.</content>
public sealed partial class SimulatedCluster
{
    /// <inheritdoc/>
    public override void Kill(string machine) => Act(c =>
    {
        c.Cloud.Kill(machine);
        c.recorder.Mark($"{machine} lost");
    });

    /// <inheritdoc/>
    public override void Restore(string machine) => Act(c =>
    {
        c.Cloud.Restore(machine);
        c.recorder.Mark($"{machine} restored");
    });

    /// <summary>Lets machines of your own join, which nobody bills: they are ready at once and are called <c>prefix-1</c>, <c>prefix-2</c>, ….</summary>
    /// <param name="prefix">The first part of their names.</param>
    /// <param name="count">How many.</param>
    /// <param name="capacity">What each has; all of it is allocatable.</param>
    public void JoinNodes(string prefix, int count, ResourceList capacity)
    {
        Act(c => c.Join(prefix, count, capacity));
        RunUntil(c => c.Nodes().Count(Views.NodeView.IsReadyNode) >= kubelets.Count, TimeSpan.FromMinutes(10), $"{count} nodes {prefix} to be ready");
    }

    private void Join(string prefix, int count, ResourceList capacity)
    {
        var first = kubelets.Count;
        for (var i = 1; i <= count; i++)
        {
            var number = first + i;
            Join(new NodeConfig
            {
                Name = $"{prefix}-{i}",
                Capacity = capacity,
                PodCIDR = NextPodRange(),
                InternalIP = string.Create(CultureInfo.InvariantCulture, $"172.{16 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}"),
            });
        }
    }

    private void WaitForNodes(string pool)
    {
        var names = Cloud.Pool(pool).Machines.Select(m => m.Name).ToList();
        RunUntil(c => names.TrueForAll(n => c.Node(n).Object is { } node && Views.NodeView.IsReadyNode(node) && !NodeInitialization.IsDue(node)), TimeSpan.FromMinutes(30), $"the {names.Count} nodes of pool {pool} to be ready");
    }

    private void OnMachineCreated(Machine machine)
    {
        if (machine.Pool.Name == MasterPool)
        {
            plane.Add(machine.Name, machine.InternalIp);
        }
        else
        {
            recorder.Scaling.OnMachine(machine);
        }

        machine.Started += OnStarted;
        machine.Preempting += OnPreempting;
        machine.Restored += OnRestored;
        machine.PowerLost += OnPowerLost;
        machine.Deleted += OnDeleted;
    }

    private void OnStarted(Machine machine)
    {
        var config = MachineNode.ConfigOf(machine, NextPodRange(), storage);
        var isMaster = machine.Pool.Name == MasterPool;
        Join(isMaster ? config with { PreloadedImages = ControlPlanePods.Images(config.KubeletVersion) } : config, plane.Find(machine.Name));
    }

    private void Join(NodeConfig config, Master? master = null)
    {
        var link = plane.Balancer.ConnectAs($"system:node:{config.Name}", config.Name);
        var kubelet = new Kubelet(link, Clock, chance.For($"kubelet/{config.Name}"), config, Runtime) { Proxy = ProxyFor(config) };
        kubelet.Outside = input => Act(c => c.kubelets.GetValueOrDefault(config.Name)?.Receive(input));
        (kubelets[config.Name], links[config.Name]) = (kubelet, link);
        if (master is not null)
        {
            kubelet.ComponentChanged = master.OnComponent;
            ControlPlanePods.Put(kubelet);
        }

        if (!ReachesAMaster(config.Name))
        {
            kubelet.CutNetwork();
        }

        kubelet.Start();
    }

    /// <summary>The addresses of the next node's pods: 10.244.0.0/14 first, as kubeadm's tutorials, then the shared space 100.64.0.0/10.</summary>
    private string NextPodRange()
    {
        var n = podRangesGiven++;
        return n < 1024
            ? string.Create(CultureInfo.InvariantCulture, $"10.{244 + (n >> 8)}.{n & 255}.0/24")
            : string.Create(CultureInfo.InvariantCulture, $"100.{64 + ((n - 1024) >> 8)}.{(n - 1024) & 255}.0/24");
    }

    private void OnRestored(Machine machine)
    {
        plane.Find(machine.Name)?.GainPower();
        kubelets[machine.Name].PowerOn();
    }

    private void OnPowerLost(Machine machine)
    {
        plane.Find(machine.Name)?.LosePower();
        kubelets[machine.Name].PowerOff();
    }

    /// <summary>Its node is deleted by whoever works as cloud controller manager.</summary>
    private void OnDeleted(Machine machine)
    {
        plane.Remove(machine.Name);
        kubelets.Remove(machine.Name);
        if (links.Remove(machine.Name, out var link))
        {
            link.Dispose();
        }
    }

    /// <summary>What a node uses, as a metrics server would learn it: nothing when the kubelet does not answer.</summary>
    internal NodeUsage? UsageOf(string node)
    {
        try
        {
            return kubelets.GetValueOrDefault(node)?.Server.Usage();
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>The same without the pods.</summary>
    private NodeUsage? TotalUseOf(string node) => kubelets.GetValueOrDefault(node)?.TotalUse;
}
