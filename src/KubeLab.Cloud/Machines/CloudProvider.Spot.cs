namespace KubeLab.Cloud.Machines;

/// <content>Spot machines: cheaper, and taken back when the provider needs them.</content>
public sealed partial class CloudProvider
{
    private readonly List<Preemption> preemptions = [];
    private double spotPreemptionsPerHour;

    /// <summary>How long before a Spot machine is taken back its guest system is told.</summary>
    /// <seealso href="https://cloud.google.com/compute/docs/instances/spot">Google Cloud: Spot VMs</seealso>
    public static TimeSpan PreemptionNotice => TimeSpan.FromSeconds(30);

    /// <summary>How often a Spot machine is taken back, on average per hour that it runs; each machine's time is exponential. 0 is never. Begins with the figure of <c>data/machines/timing.json</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double SpotPreemptionsPerHour
    {
        get => spotPreemptionsPerHour;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "a rate per hour is a finite number");
            }

            spotPreemptionsPerHour = value;
            foreach (var machine in machines.Values)
            {
                machine.ChangePreemptionRate();
            }
        }
    }

    /// <summary>The Spot machines that were taken back, oldest first.</summary>
    public IReadOnlyList<Preemption> Preemptions => preemptions;

    /// <summary>The provider takes a Spot machine back: it is told, and deleted <see cref="PreemptionNotice"/> later; its pool asks for another one. Whose end is announced already is not told again.</summary>
    /// <exception cref="InvalidOperationException">The machine is not a Spot machine.</exception>
    public void Preempt(string name)
    {
        var machine = Find(name);
        if (!machine.Pool.Options.Spot)
        {
            throw new InvalidOperationException($"machine {name} is not a Spot machine: the provider does not take it back");
        }

        if (machine.IsBeingPreempted)
        {
            return;
        }

        preemptions.Add(new(name, machine.Pool.Name, Clock.Now, machine.RunningAt is { } since ? Clock.Now - since : TimeSpan.Zero));
        machine.AnnouncePreemption();
        Clock.After(PreemptionNotice, () => TakeBack(machine));
    }

    internal double PreemptionRateOf(NodePool pool) => pool.Options.SpotPreemptionsPerHour ?? spotPreemptionsPerHour;

    private void TakeBack(Machine machine)
    {
        if (machine.State == MachineState.Deleted)
        {
            return;
        }

        var size = machine.Pool.Size;
        Delete(machine.Name);
        if (machine.Pool.IsStandalone)
        {
            return;
        }

        try
        {
            machine.Pool.Resize(size);
        }
        catch (QuotaExceededException)
        {
            // The account may not have so many any more: the pool stays smaller, as a managed group whose quota was cut.
        }
    }
}
