using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Cloud.Machines;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Simulated;

/// <summary>The node pools of the simulated provider, as the cluster autoscaler asks for them.</summary>
internal sealed class CloudNodeGroups : ICloudNodeGroups
{
    // A GiB of memory costs about this many vCPUs, in upstream's price model of Google Cloud (0.004446 by 0.033174 USD per hour).
    private const double CpusPerGib = 0.134;

    private readonly CloudProvider cloud;
    private readonly OrderedDictionary<string, CloudNodeGroup> groups = new(StringComparer.Ordinal);
    private readonly double perCpuHour;

    public CloudNodeGroups(CloudProvider cloud)
    {
        this.cloud = cloud;
        perCpuHour = PerCpuHour(cloud);
        cloud.MachineCreated += machine =>
        {
            Version++;
            machine.Deleted += _ => Version++;
            machine.CreationFailed += _ => Version++;
        };
    }

    public long Version { get; private set; }

    public IReadOnlyList<INodeGroup> Groups => [.. groups.Values.Where(g => g.Exists)];

    /// <summary>Lets a pool be scaled, or changes its bounds.</summary>
    public void Set(string pool, int min, int max)
    {
        groups[pool] = new CloudNodeGroup(cloud, pool, min, max);
        Version++;
    }

    public INodeGroup? GroupOf(Node node) =>
        node.Spec.ProviderID is { Length: > 0 } id && cloud.FindByProviderId(id) is { } machine && groups.TryGetValue(machine.Pool.Name, out var group) ? group : null;

    public bool HasInstance(Node node) => string.IsNullOrEmpty(node.Spec.ProviderID) || cloud.FindByProviderId(node.Spec.ProviderID) is not null;

    public double NodePricePerHour(INodeGroup group, Node node) => (double)((CloudNodeGroup)group).Pool.Price.PerHour.Amount;

    public double PodPricePerHour(Pod pod)
    {
        var requests = PodRequests.Of(pod.Spec);
        return perCpuHour * ((requests.MilliCpu / 1000.0) + (requests.MemoryBytes / (double)(1L << 30) * CpusPerGib));
    }

    /// <summary>What a vCPU costs on the region's cheapest kind of machine without GPUs.</summary>
    private static double PerCpuHour(CloudProvider cloud)
    {
        var cheapest = double.PositiveInfinity;
        foreach (var type in cloud.Prices.Machines.Types.Where(t => t.Gpus == 0))
        {
            try
            {
                var price = (double)cloud.Prices.Machine(type.Name).ToUnitPrice().PerHour.Amount;
                cheapest = Math.Min(cheapest, price / (type.Vcpus + ((double)type.MemoryGib * CpusPerGib)));
            }
            catch (ArgumentException)
            {
                // It has no price in this region.
            }
        }

        return double.IsPositiveInfinity(cheapest) ? 0 : cheapest;
    }

    private sealed class CloudNodeGroup(CloudProvider cloud, string pool, int min, int max) : INodeGroup
    {
        public bool Exists => cloud.Pools.Any(p => p.Name == pool);

        public NodePool Pool => cloud.Pool(pool);

        public string Id => pool;

        public int MinSize => min;

        public int MaxSize => max;

        public int TargetSize => Pool.Size;

        public IReadOnlyList<Instance> Instances =>
            [.. Pool.Machines.Select(m => m.State == MachineState.Provisioning
                ? new Instance(m.ProviderId, m.Name, InstanceState.Creating, ErrorOf(m.CreationError))
                : new Instance(m.ProviderId, m.Name, InstanceState.Running))];

        public void IncreaseSize(int delta)
        {
            try
            {
                Pool.Resize(Pool.Size + delta);
            }
            catch (QuotaExceededException refusal)
            {
                throw new CloudRefusalException(new InstanceError(InstanceErrorClass.OutOfResources, "QUOTA_EXCEEDED", refusal.Message));
            }
            catch (ArgumentOutOfRangeException refusal)
            {
                throw new CloudRefusalException(new InstanceError(InstanceErrorClass.Other, "INVALID_ARGUMENT", refusal.Message));
            }
        }

        public void DeleteInstances(IReadOnlyList<string> instances)
        {
            foreach (var id in instances)
            {
                if (cloud.FindByProviderId(id) is { } machine)
                {
                    cloud.Delete(machine.Name);
                }
            }
        }

        public void DecreaseTarget(int delta) =>
            throw new CloudRefusalException(new InstanceError(InstanceErrorClass.Other, "INVALID_ARGUMENT", $"node pool {pool} waits for no machine that was not made"));

        /// <summary>Upstream's provider for Google Cloud calls both lacks so.</summary>
        private static InstanceError? ErrorOf(CreationError? error) => error is null ? null : new InstanceError(
            InstanceErrorClass.OutOfResources, error.Class == CreationErrorClass.QuotaExceeded ? "QUOTA_EXCEEDED" : "RESOURCE_POOL_EXHAUSTED", error.Message);

        public Node TemplateNode(string name) => MachineNode.NodeOf(Pool, name);
    }
}
