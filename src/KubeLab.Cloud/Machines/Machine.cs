using KubeLab.Cloud.Billing;
using KubeLab.Simulation;

namespace KubeLab.Cloud.Machines;

/// <summary>One virtual machine.</summary>
/// <remarks>
/// Two things are told apart, as at every cloud: the <see cref="State"/> that the provider bills, and whether the guest system is alive.
/// A killed machine is <see cref="MachineState.Running"/> and billed, while nothing in it answers.
/// </remarks>
public sealed class Machine
{
    private readonly CloudProvider cloud;
    private readonly Randomness randomness;
    private readonly double factor;
    private Usage? usage;
    private Usage? diskUsage;
    private Scheduled? next;
    private CreationError? refusal;
    private readonly SpotLife? spotLife;
    private bool hasStarted;

    internal Machine(CloudProvider cloud, NodePool pool, string name, string zone, string internalIp, Randomness randomness)
    {
        this.cloud = cloud;
        this.randomness = randomness;
        Pool = pool;
        Name = name;
        Zone = zone;
        InternalIp = internalIp;
        CreatedAt = cloud.Clock.Now;
        factor = Stretch();
        spotLife = pool.Options.Spot ? new SpotLife(cloud.Clock, randomness.For("preemption"), () => cloud.Preempt(name)) : null;
        Ask();
    }

    /// <summary>The guest system runs for the first time: a kubelet can start.</summary>
    public event Action<Machine>? Started;

    /// <summary>The provider could not make it: <see cref="CreationError"/> says why. A pool's machine is asked for again after a while; one that was rented alone is given up.</summary>
    public event Action<Machine>? CreationFailed;

    /// <summary>Spot only: the provider takes the machine back in <see cref="CloudProvider.PreemptionNotice"/>.</summary>
    public event Action<Machine>? Preempting;

    /// <summary>The guest system is dead: everything in it stopped at once, without a word.</summary>
    public event Action<Machine>? PowerLost;

    /// <summary>The guest system runs again after a loss of power; what was in memory is gone, the disk is as it was.</summary>
    public event Action<Machine>? Restored;

    /// <summary>The machine is gone, and its boot disk with it. When it was alive, <see cref="PowerLost"/> came first.</summary>
    public event Action<Machine>? Deleted;

    /// <summary>Its name, which is also its node's, for example <c>workers-1</c>.</summary>
    public string Name { get; }

    /// <summary>The pool it belongs to.</summary>
    public NodePool Pool { get; }

    /// <summary>Its size.</summary>
    public MachineType Type => Pool.MachineType;

    /// <summary>Where it stands, for example <c>europe-west4-a</c>.</summary>
    public string Zone { get; }

    /// <summary>Its address inside the provider's network.</summary>
    public string InternalIp { get; }

    /// <summary>How its node names it, for example <c>gce://lab/europe-west4-a/workers-1</c>.</summary>
    public string ProviderId => $"{cloud.Prices.Machines.ProviderIdScheme}://lab/{Zone}/{Name}";

    /// <summary>What the provider knows of it.</summary>
    public MachineState State { get; private set; }

    /// <summary>Whether its guest system is alive; false while it boots and after <see cref="PowerLost"/>.</summary>
    public bool IsUp { get; private set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it began to run and to be billed; null before.</summary>
    public DateTimeOffset? RunningAt { get; private set; }

    /// <summary>When it was deleted; null before.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Why the last attempt to make it failed; null while none has.</summary>
    public CreationError? CreationError { get; private set; }

    /// <summary>Whether it is a Spot machine whose end has been announced.</summary>
    public bool IsBeingPreempted { get; private set; }

    /// <summary>Whether it counts against quotas: a machine that was refused does not.</summary>
    internal bool CountsAgainstQuota => refusal is null && State != MachineState.Stopped;

    /// <summary>The labels that the cloud sets on its node, by key in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels => field ??= Pool.NodeLabels(Zone);

    internal void Kill()
    {
        if (State == MachineState.Provisioning)
        {
            throw new InvalidOperationException($"machine {Name} is still being provisioned: let time pass until it runs");
        }

        LosePower();
    }

    internal void Stop()
    {
        Kill();
        State = MachineState.Stopped;
        cloud.End(usage);
        spotLife?.Pause();
    }

    internal void Restore()
    {
        if (IsUp || next is not null || State is not (MachineState.Running or MachineState.Stopped))
        {
            return;
        }

        if (State == MachineState.Stopped)
        {
            State = MachineState.Running;
            usage = cloud.OpenMachine(this);
            spotLife?.Run(cloud.PreemptionRateOf(Pool));
        }

        next = cloud.Clock.After(cloud.Times.Boot * Stretch(), Boot);
    }

    internal void AnnouncePreemption()
    {
        IsBeingPreempted = true;
        Preempting?.Invoke(this);
    }

    /// <summary>The rate at which Spot machines are taken back is another one from now on.</summary>
    internal void ChangePreemptionRate()
    {
        if (State == MachineState.Running)
        {
            spotLife?.Run(cloud.PreemptionRateOf(Pool));
        }
    }

    internal void Delete()
    {
        spotLife?.Pause();
        LosePower();
        State = MachineState.Deleted;
        DeletedAt = cloud.Clock.Now;
        cloud.End(usage);
        cloud.End(diskUsage);
        Deleted?.Invoke(this);
    }

    private void Ask()
    {
        refusal = cloud.WhyRefused(this);
        next = refusal is null
            ? cloud.Clock.After((cloud.Times.Provisioning - cloud.Times.Boot) * factor, Run)
            : cloud.Clock.After(cloud.Times.Refusal, Refuse);
    }

    // An operation of the provider fails some seconds after it was accepted, never at once.
    private void Refuse()
    {
        CreationError = refusal;
        next = Pool.IsStandalone ? null : cloud.Clock.After(cloud.Times.RetryAfter, Ask);
        CreationFailed?.Invoke(this);
        if (Pool.IsStandalone && State == MachineState.Provisioning)
        {
            cloud.Delete(Name);
        }
    }

    private void Run()
    {
        CreationError = null;
        State = MachineState.Running;
        RunningAt = cloud.Clock.Now;
        usage = cloud.OpenMachine(this);
        diskUsage = cloud.OpenBootDisk(this);
        next = cloud.Clock.After(cloud.Times.Boot * factor, Boot);
        spotLife?.Run(cloud.PreemptionRateOf(Pool));
    }

    private void Boot()
    {
        next = null;
        IsUp = true;

        // A machine that was killed during its first boot has not started yet: nothing in it is there to be restored.
        var announce = hasStarted ? Restored : Started;
        hasStarted = true;
        announce?.Invoke(this);
    }

    private void LosePower()
    {
        next?.Cancel();
        next = null;
        if (IsUp)
        {
            IsUp = false;
            PowerLost?.Invoke(this);
        }
    }

    private double Stretch() => 1 + (randomness.NextDouble() * cloud.Times.JitterFraction);
}
