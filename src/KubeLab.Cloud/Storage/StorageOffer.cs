using KubeLab.Cloud.Data;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Cloud.Storage;

/// <summary>The sorts of disks that a provider's clusters can make for claims, and how long that takes.</summary>
/// <param name="Driver">The driver that makes them, as storage classes name it.</param>
/// <param name="Classes">The storage classes that a cluster begins with.</param>
/// <param name="CreateTime">From the request for a disk until it is there, before the jitter.</param>
/// <param name="DeleteTime">From the request until it is gone, before the jitter.</param>
/// <param name="JitterFraction">Each time is stretched by a factor drawn evenly from 1 to 1 + this.</param>
public sealed record StorageOffer(
    string Driver, IReadOnlyList<OfferedClass> Classes, TimeSpan CreateTime, TimeSpan DeleteTime, double JitterFraction)
{
    /// <summary>The label by which the driver tells zones apart.</summary>
    public required string ZoneLabel { get; init; }

    /// <summary>How many disks a machine can have beside its own.</summary>
    public required int DisksPerMachine { get; init; }

    /// <summary>The disk of claims whose class names none.</summary>
    public string DefaultDisk => (Classes.FirstOrDefault(c => c.IsDefault) ?? Classes[0]).Disk;

    /// <summary>What the provider of <paramref name="prices"/> offers in its region, from <c>data/storage</c>; null when no disk of it has a price.</summary>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static StorageOffer? Find(PriceBook prices)
    {
        var path = $"storage/{prices.Provider}.json";
        if (!DataFile.Exists(path))
        {
            return null;
        }

        var file = DataFile.Parse(path, CloudJson.Default.StorageFile);
        var priced = file.Classes.Where(c => prices.HasDisk(c.Disk))
            .Select(c => new OfferedClass(c.Name, c.Disk, c.Binding, c.Default)).ToList();
        var (create, delete, jitter) = (file.CreateSeconds.Value, file.DeleteSeconds.Value, file.JitterFraction.Value);
        var disks = (int)file.DisksPerMachine.Value;
        if (create < 0 || delete < 0 || jitter < 0 || disks < 0)
        {
            throw new DataFileException(path, "$", "times, their jitter and numbers of disks must not be negative");
        }

        return priced.Count == 0 ? null : new(file.Driver, priced, TimeSpan.FromSeconds(create), TimeSpan.FromSeconds(delete), jitter)
        {
            ZoneLabel = file.ZoneLabel,
            DisksPerMachine = disks,
        };
    }

    /// <summary>How long one disk takes.</summary>
    public TimeSpan Draw(TimeSpan time, Randomness chance) => chance.Jitter(time, JitterFraction);
}

/// <summary>A storage class that a cluster begins with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Disk">The type of its disks, as prices name it.</param>
/// <param name="Binding"><c>Immediate</c> or <c>WaitForFirstConsumer</c>.</param>
/// <param name="IsDefault">Whether claims that name no class get it.</param>
public sealed record OfferedClass(string Name, string Disk, string Binding, bool IsDefault);
