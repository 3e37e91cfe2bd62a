using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Offers;

/// <summary>The provider, as just-in-time provisioning asks it.</summary>
/// <remarks>Upstream: pkg/cloudprovider.</remarks>
public interface IInstanceProvider
{
    /// <summary>A machine is about to be taken back; its name.</summary>
    event Action<string>? Interrupted;

    /// <summary>All that can be rented, whether it is to be had at the moment or not.</summary>
    IReadOnlyList<InstanceOffer> Offers { get; }

    /// <summary>Asks for a machine. Its node will be called as the machine.</summary>
    /// <param name="request">The machine.</param>
    /// <param name="failed">Called in a later event when it cannot be made; it is gone then.</param>
    /// <returns>The provider's name for it.</returns>
    string Launch(InstanceRequest request, Action<InstanceFailure> failed);

    /// <summary>Whether there is such a machine, running or not.</summary>
    bool Exists(string name);

    /// <summary>Gives a machine back; nothing happens when it is gone.</summary>
    void Delete(string name);
}

/// <summary>A machine that is asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offer">What it is to be.</param>
/// <param name="Labels">What its node carries.</param>
/// <param name="Taints">What its node is tainted with from the start.</param>
/// <param name="DiskGib">The size of its boot disk in GiB.</param>
public sealed record InstanceRequest(string Name, InstanceOffer Offer, StringMap Labels, ValueList<Taint> Taints, int DiskGib);

/// <summary>Why a machine could not be made.</summary>
/// <param name="Class">What kind of failure it is.</param>
/// <param name="Message">The provider's code and text.</param>
public sealed record InstanceFailure(InstanceFailureClass Class, string Message);

/// <summary>The kinds of failure.</summary>
public enum InstanceFailureClass
{
    /// <summary>There is none of this type in this zone at the time.</summary>
    InsufficientCapacity,

    /// <summary>The account may not have more of this family.</summary>
    QuotaExceeded,
}
