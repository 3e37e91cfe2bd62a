using System.Text;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with the kinds that have little to be wrong: config maps, nodes and leases.</summary>
internal static class PlainKindValidation
{
    private const int ConfigBytesMax = 1024 * 1024;
    private static readonly FieldPath Data = FieldPath.Root("data");
    private static readonly FieldPath BinaryData = FieldPath.Root("binaryData");

    public static void Validate(ConfigMap map, FieldErrors errors)
    {
        var bytes = 0L;
        foreach (var (key, value) in map.Data)
        {
            errors.InvalidAll(Data.Key(key), key, NameRules.ConfigKeyErrors(key));
            if (map.BinaryData.ContainsKey(key))
            {
                errors.Invalid(Data.Key(key), key, "duplicate of key present in binaryData");
            }

            bytes += Encoding.UTF8.GetByteCount(value);
        }

        foreach (var (key, value) in map.BinaryData)
        {
            errors.InvalidAll(BinaryData.Key(key), key, NameRules.ConfigKeyErrors(key));
            bytes += value.Length / 4 * 3;
        }

        if (bytes > ConfigBytesMax)
        {
            // Upstream's path is empty here, which it writes as "[]".
            errors.TooLong(FieldPath.Root("[]"), ConfigBytesMax);
        }
    }

    public static void ValidateUpdate(ConfigMap map, ConfigMap old, FieldErrors errors)
    {
        const string Fixed = "field is immutable when `immutable` is set";
        if (old.Immutable == true)
        {
            if (map.Immutable != true)
            {
                errors.Forbidden(FieldPath.Root("immutable"), Fixed);
            }

            if (map.Data != old.Data)
            {
                errors.Forbidden(Data, Fixed);
            }

            if (map.BinaryData != old.BinaryData)
            {
                errors.Forbidden(BinaryData, Fixed);
            }
        }

        Validate(map, errors);
    }

    public static void Validate(Node node, FieldErrors errors)
    {
        TolerationValidation.Taints(node.Spec.Taints, FieldPath.Spec.Child("taints"), errors);
        ResourceValidation.Amounts(node.Status.Capacity, FieldPath.Status.Child("capacity"), errors);
        ResourceValidation.Amounts(node.Status.Allocatable, FieldPath.Status.Child("allocatable"), errors);
    }

    public static void ValidateUpdate(Node node, Node old, FieldErrors errors)
    {
        if (!ReferenceEquals(node.Spec, old.Spec))
        {
            OnlyOnce("podCIDR", node.Spec.PodCIDR, old.Spec.PodCIDR, errors);
            OnlyOnce("providerID", node.Spec.ProviderID, old.Spec.ProviderID, errors);
            TolerationValidation.Taints(node.Spec.Taints, FieldPath.Spec.Child("taints"), errors);
        }
    }

    public static void Validate(Lease lease, FieldErrors errors)
    {
        if (lease.Spec.LeaseDurationSeconds <= 0)
        {
            errors.Invalid(FieldPath.Spec.Child("leaseDurationSeconds"), lease.Spec.LeaseDurationSeconds, "must be greater than 0");
        }

        errors.NonNegative(FieldPath.Spec.Child("leaseTransitions"), lease.Spec.LeaseTransitions);
    }

    private static void OnlyOnce(string field, string? value, string? old, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(old) && value != old)
        {
            errors.Forbidden(FieldPath.Spec.Child(field), $"node updates may not change {field} except from \"\" to valid");
        }
    }
}
