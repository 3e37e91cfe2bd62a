using System.Globalization;
using System.Net;

namespace KubeLab.Controllers.NodeAddresses;

/// <summary>The addresses of a cluster's pods, cut into one range per node.</summary>
public sealed class PodRanges
{
    private readonly uint first;
    private readonly int mask;
    private readonly bool[] taken;
    private int next;

    /// <summary>
    /// Cuts <paramref name="cluster"/>, for example <c>10.244.0.0/14</c>, into ranges of 2^(32 - <paramref name="nodeMask"/>)
    /// addresses.
    /// </summary>
    /// <exception cref="FormatException">It is not a range of IPv4 addresses, or smaller than a node's.</exception>
    public PodRanges(string cluster, int nodeMask = 24)
    {
        var network = IPNetwork.Parse(cluster);
        if (network.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || network.PrefixLength > nodeMask)
        {
            throw new FormatException($"cluster CIDR {cluster} must be IPv4 and no smaller than a node's /{nodeMask}");
        }

        var bytes = network.BaseAddress.GetAddressBytes();
        first = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        mask = nodeMask;
        taken = new bool[1 << Math.Min(16, nodeMask - network.PrefixLength)];
    }

    /// <summary>
    /// The next free range, or null when all are taken; ranges are handed out in turn, so a released one comes back late.
    /// </summary>
    public string? Take()
    {
        for (var i = 0; i < taken.Length; i++)
        {
            var candidate = (next + i) % taken.Length;
            if (!taken[candidate])
            {
                taken[candidate] = true;
                next = (candidate + 1) % taken.Length;
                return Text(candidate);
            }
        }

        return null;
    }

    /// <summary>Notes that a range is in use.</summary>
    public void Occupy(string range) => Mark(range, true);

    /// <summary>Notes that a range is free again.</summary>
    public void Release(string range) => Mark(range, false);

    private void Mark(string range, bool used)
    {
        if (IPNetwork.TryParse(range, out var network) && network.PrefixLength == mask)
        {
            var bytes = network.BaseAddress.GetAddressBytes();
            var address = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
            var index = (address - first) >> (32 - mask);
            if (address >= first && index < taken.Length)
            {
                taken[index] = used;
            }
        }
    }

    private string Text(int index)
    {
        var address = first + ((uint)index << (32 - mask));
        return string.Create(
            CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}/{mask}");
    }
}
