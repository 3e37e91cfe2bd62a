using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Storage;
using KubeLab.Controllers.Volumes.Disks;
using KubeLab.Simulation;

namespace KubeLab.Simulated;

/// <summary>Disks of the cloud for claims: they take their time, and are billed until they are deleted.</summary>
internal sealed class CloudDisks(CloudProvider cloud, VirtualClock clock, Randomness chance, StorageOffer offer) : IDiskProvider
{
    private readonly HashSet<string> disks = new(StringComparer.Ordinal);

    public string Driver => offer.Driver;

    public void Create(DiskWish wish, Action<string?> done) => clock.After(offer.Draw(offer.CreateTime, chance), () =>
    {
        string? failure = null;
        try
        {
            if (!disks.Contains(wish.Name))
            {
                cloud.CreateDisk(wish.Name, wish.Type ?? offer.DefaultDisk, wish.SizeGib);
                disks.Add(wish.Name);
            }
        }
        catch (ArgumentException refusal)
        {
            failure = $"rpc error: code = InvalidArgument desc = CreateVolume failed: {refusal.Message}";
        }

        done(failure);
    });

    public void Delete(string name, Action<string?> done) => clock.After(offer.Draw(offer.DeleteTime, chance), () =>
    {
        if (disks.Remove(name) && cloud.IsRented(ChargeKind.Disk, name))
        {
            cloud.DeleteDisk(name);
        }

        done(null);
    });
}
