using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using KubeLab.Api.Core;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>A block of IPv4 addresses for services.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/">ClusterIP allocation</seealso>
internal sealed class ServiceAddresses
{
    private readonly uint first;
    private readonly uint size;

    /// <summary>Reads a CIDR block such as <c>10.96.0.0/12</c>.</summary>
    public ServiceAddresses(string block)
    {
        var slash = block.IndexOf('/', StringComparison.Ordinal);
        var bits = int.Parse(block.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        size = 1u << (32 - bits);
        first = NumberOf(IPAddress.Parse(block.AsSpan(0, slash))) & ~(size - 1);
        Block = block;
    }

    /// <summary>The block as it was given.</summary>
    public string Block { get; }

    /// <summary>The address of the <c>kubernetes</c> service.</summary>
    public string First => Text(first + 1);

    /// <summary>Whether <paramref name="address"/> may be given to a service.</summary>
    public bool Contains(string address) =>
        IPAddress.TryParse(address, out var ip) && ip.GetAddressBytes().Length == 4 && NumberOf(ip) - first is > 0 and var offset && offset < size - 1;

    /// <summary>A free address by chance; the low band is left to those who ask for one by number.</summary>
    /// <returns>The address, or null when none is free.</returns>
    public string? Pick(Randomness randomness, Func<string, bool> isUsed)
    {
        var band = Math.Min(Math.Max(16, size / 16), 256);
        var (low, count) = size > band + 2 ? (band, size - band - 1) : (1, size - 2);
        var start = (uint)(randomness.NextDouble() * count);
        for (uint i = 0; i < count; i++)
        {
            var address = Text(first + low + ((start + i) % count));
            if (!isUsed(address))
            {
                return address;
            }
        }

        return null;
    }

    private static uint NumberOf(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string Text(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }
}

/// <summary>The ports that services open on every node.</summary>
internal static class NodePorts
{
    public const int First = 30000;
    public const int Last = 32767;

    /// <summary>Whether the service opens ports on the nodes.</summary>
    public static bool Wanted(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    /// <summary>A free port by chance, or null when none is free.</summary>
    public static int? Pick(Randomness randomness, HashSet<int> used)
    {
        const int Count = Last - First + 1;
        var start = randomness.NextInt(Count);
        for (var i = 0; i < Count; i++)
        {
            var port = First + ((start + i) % Count);
            if (!used.Contains(port))
            {
                return port;
            }
        }

        return null;
    }
}
