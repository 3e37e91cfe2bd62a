using KubeLab.Api;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Arithmetic on what nodes have and pods ask for.</summary>
internal static class Amounts
{
    /// <summary>Whether all of <paramref name="wanted"/> is there.</summary>
    public static bool Fits(in ResourceVector wanted, ResourceList there)
    {
        if (wanted.MilliCpu > (there["cpu"]?.MilliValue ?? 0)
            || wanted.MemoryBytes > (there["memory"]?.Value ?? 0)
            || (wanted.EphemeralBytes > 0 && wanted.EphemeralBytes > (there["ephemeral-storage"]?.Value ?? 0))
            || wanted.Pods > (there["pods"]?.Value ?? 0))
        {
            return false;
        }

        foreach (var (name, amount) in wanted.Extended ?? [])
        {
            if (amount > (there[name]?.Value ?? 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is left; never less than nothing.</summary>
    public static ResourceList Less(ResourceList there, in ResourceVector taken)
    {
        var left = new List<KeyValuePair<string, Quantity>>();
        foreach (var (name, amount) in there)
        {
            var less = amount - (name == "cpu" ? Quantity.FromMilli(taken.MilliCpu) : Quantity.FromValue(taken.Of(name)));
            left.Add(new(name, Quantity.Max(Quantity.Zero, less).WithFormat(amount.Format)));
        }

        return ResourceList.From(left);
    }

    /// <summary>As a list, as a claim carries it.</summary>
    public static Dictionary<string, Quantity> List(in ResourceVector vector)
    {
        var list = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        Add("cpu", vector.MilliCpu, Quantity.FromMilli(vector.MilliCpu));
        Add("memory", vector.MemoryBytes, Quantity.FromBytes(vector.MemoryBytes));
        Add("ephemeral-storage", vector.EphemeralBytes, Quantity.FromBytes(vector.EphemeralBytes));
        Add("pods", vector.Pods, Quantity.FromValue(vector.Pods));
        foreach (var (name, amount) in vector.Extended ?? [])
        {
            Add(name, amount, Quantity.FromValue(amount));
        }

        return list;

        void Add(string name, long amount, Quantity quantity)
        {
            if (amount > 0)
            {
                list[name] = quantity;
            }
        }
    }

    /// <summary>As Karpenter writes it into messages: JSON, names in order.</summary>
    public static string Text(in ResourceVector vector) =>
        $"{{{string.Join(',', List(vector).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"\"{a.Key}\":\"{a.Value}\""))}}}";
}
