using System.Net;

namespace KubeLab.Nodes.Pods;

/// <summary>The pod addresses of one node, given out in turn, so that a freed one rests before it is used again.</summary>
/// <remarks>Upstream: the host-local IPAM plugin. The first address is the network's, the second the bridge's.</remarks>
internal sealed class PodAddresses
{
    private readonly uint network;
    private readonly uint size;
    private readonly HashSet<uint> taken = [];
    private uint last = 1;

    public PodAddresses(string cidr)
    {
        var range = IPNetwork.Parse(cidr);
        network = ToNumber(range.BaseAddress);
        size = 1u << (32 - range.PrefixLength);
    }

    /// <summary>The next free address; null when there is none.</summary>
    public string? Take()
    {
        for (var i = 0u; i < size; i++)
        {
            last = last + 1 >= size - 1 ? 2 : last + 1;
            if (taken.Add(last))
            {
                return ToAddress(network + last);
            }
        }

        return null;
    }

    /// <summary>Gives one back.</summary>
    public void Return(string address) => taken.Remove(ToNumber(IPAddress.Parse(address)) - network);

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static string ToAddress(uint number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
}
