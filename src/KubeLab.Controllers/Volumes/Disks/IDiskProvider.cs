namespace KubeLab.Controllers.Volumes.Disks;

/// <summary>Who makes disks: the cloud below the cluster.</summary>
/// <remarks>A storage driver calls it; each call answers once, later, in an event of the clock. What it is asked for twice exists once.</remarks>
public interface IDiskProvider
{
    /// <summary>The name of its driver, by which storage classes ask for it.</summary>
    string Driver { get; }

    /// <summary>Makes a disk, unless there is one of this name already.</summary>
    /// <param name="wish">What is asked for.</param>
    /// <param name="done">Called with null when it is there, or else with why it is not.</param>
    void Create(DiskWish wish, Action<string?> done);

    /// <summary>Deletes a disk, unless it is gone already.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="done">Called with null when it is gone, or else with why it is not.</param>
    void Delete(string name, Action<string?> done);
}

/// <summary>A disk that is asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the provider calls it; null for the provider's choice.</param>
/// <param name="SizeGib">Its size in GiB.</param>
/// <param name="Zone">Where it is to be; null when the nodes have no zones.</param>
public sealed record DiskWish(string Name, string? Type, long SizeGib, string? Zone);
