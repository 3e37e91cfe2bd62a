using KubeLab.Cloud.Machines;
using KubeLab.Simulated.Masters;
using KubeLab.Views;

namespace KubeLab.Simulated;

/// <content>What is rented besides machines, a control plane that the provider runs, and what is left when a cluster is deleted.</content>
public sealed partial class SimulatedCluster
{
    private const string ManagedName = "lab";
    private static readonly TimeSpan ComponentStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ComponentRestart = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, long> bytesCharged = [];
    private bool isManaged;
    private bool isDeleted;

    /// <inheritdoc/>
    public override void AddManagedMasters(int count = 1, bool wait = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Act(c => c.CreateManagedMasters(count));
        if (wait)
        {
            RunUntil(c => ((SimulatedCluster)c).IsUp, TimeSpan.FromMinutes(30), "the managed control plane to answer");
        }
    }

    /// <summary>Rents machines with everything about them chosen, for example images that are on their disks from the start.</summary>
    /// <param name="options">What they have in common.</param>
    /// <param name="count">How many.</param>
    /// <param name="wait">Whether time passes until they are ready.</param>
    /// <exception cref="ArgumentException">The name is taken or malformed, or something is unknown; the message lists what exists.</exception>
    public void AddNodePool(NodePoolOptions options, int count, bool wait = true)
    {
        ArgumentNullException.ThrowIfNull(options);
        Act(c => c.CreateNodePool(options, count));
        if (wait)
        {
            WaitForNodes(options.Name);
        }
    }

    /// <summary>Deletes one machine with its boot disk; its pool becomes smaller by one, and its node goes with it.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists what exists.</exception>
    public void DeleteMachine(string machine) => Act(c =>
    {
        c.Cloud.Delete(machine);
        c.recorder.Mark($"{machine} deleted");
    });

    /// <inheritdoc/>
    public override string ReserveAddress(string name)
    {
        Act(c => c.Cloud.ReserveAddress(name));
        return Cloud.AddressReserved(name);
    }

    /// <inheritdoc/>
    public override void ReleaseAddress(string name) => Act(c => c.Cloud.ReleaseAddress(name));

    /// <inheritdoc/>
    public override void KeepInBucket(string name, decimal gib) => Act(c => c.Cloud.CreateDisk(name, c.Cloud.Prices.ObjectStorage, gib));

    /// <inheritdoc/>
    public override void ReadOut(decimal gib)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gib);
        Act(c =>
        {
            c.Cloud.ChargeEgress((long)(gib * (1L << 30)));
            c.recorder.Mark(FormattableString.Invariant($"{gib} GiB read out"));
        });
    }

    /// <inheritdoc/>
    public override void Delete() => Act(c => c.DeleteMachines());

    /// <inheritdoc/>
    public override RentedView StillRented() => new(Cloud.Meter.OpenAt(Now), Cloud.Prices.BillingMonth, name => Cloud.Balancers.FirstOrDefault(b => b.Name == name)?.Owner);

    /// <inheritdoc/>
    public override void GiveBack(string name) => Act(c => c.Cloud.GiveBack(name));

    private void CreateManagedMasters(int count)
    {
        if (plane.Masters.Count > 0 || isDeleted)
        {
            throw new InvalidOperationException(isDeleted
                ? "this cluster was deleted: open another one"
                : "this cluster has masters already: a control plane is run by its provider from the start, or never");
        }

        isManaged = true;
        Cloud.CreateCluster(ManagedName);
        for (var i = 1; i <= count; i++)
        {
            // Its machines are the provider's: no node stands for them, and nobody pays for them but through the fee.
            var name = $"{ManagedName}-control-plane-{i}";
            plane.Add(name, $"10.127.0.{i + 1}");
            var master = plane.Find(name)!;
            master.Exited = component =>
            {
                master.OnComponent(component, runs: false);
                Clock.After(ComponentRestart, () => StartManaged(name, component));
            };
            for (var n = 0; n < ComponentNames.Pods.Count; n++)
            {
                var component = ComponentNames.Pods[n];
                Clock.After(Cloud.TimeToBoot + (ComponentStart * (n + 1)), () => StartManaged(name, component));
            }
        }

        recorder.Mark("managed control plane");
    }

    private void StartManaged(string master, string component) => plane.Find(master)?.OnComponent(component, runs: true);

    /// <summary>The machines of pools go, and with them whoever would have tidied up: disks of claims, load balancers and their addresses stay, and so do machines that were rented just in time.</summary>
    private void DeleteMachines()
    {
        if (isDeleted)
        {
            return;
        }

        isDeleted = true;
        foreach (var load in loads.Where(l => !l.IsStopped))
        {
            load.IsStopped = true;
            traffic.Close(load.Flow);
        }

        ChargeAnswers();
        justInTime?.Stop();
        if (isManaged)
        {
            foreach (var master in plane.Masters)
            {
                master.LosePower();
                plane.Remove(master.Name);
            }

            Cloud.DeleteCluster(ManagedName);
        }

        foreach (var pool in Cloud.Pools)
        {
            Cloud.DeleteNodePool(pool.Name);
        }

        recorder.Mark("cluster deleted");
    }

    /// <summary>Answers to clients outside leave the provider, and are charged by their bytes.</summary>
    private void ChargeAnswers()
    {
        if (Cloud.Prices.Egress is null)
        {
            return;
        }

        for (var i = 0; i < loads.Count; i++)
        {
            if (!loads[i].Flow.Aim.FromOutside)
            {
                continue;
            }

            var bytes = (long)loads[i].Flow.ResponseBytes;
            if (bytes > bytesCharged.GetValueOrDefault(i))
            {
                Cloud.ChargeEgress(bytes - bytesCharged.GetValueOrDefault(i));
                bytesCharged[i] = bytes;
            }
        }
    }
}
