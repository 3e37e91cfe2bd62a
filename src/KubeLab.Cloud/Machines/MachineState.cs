namespace KubeLab.Cloud.Machines;

/// <summary>What the provider knows of a machine; whether its guest system is alive, only the machine knows.</summary>
/// <seealso href="https://cloud.google.com/compute/docs/instances/instance-lifecycle">Google Cloud: VM instance lifecycle</seealso>
public enum MachineState
{
    /// <summary>Asked for, not there yet, not billed yet.</summary>
    Provisioning,

    /// <summary>There, and billed, even when its guest system boots, hangs or is dead.</summary>
    Running,

    /// <summary>Shut down in order: the machine is not billed, its disk is.</summary>
    Stopped,

    /// <summary>Gone.</summary>
    Deleted,
}
