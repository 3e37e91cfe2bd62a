using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with requests, limits, capacities.</summary>
internal static class ResourceValidation
{
    public static void Requirements(ResourceRequirements resources, FieldPath path, FieldErrors errors)
    {
        if (resources.Limits.IsEmpty && resources.Requests.IsEmpty)
        {
            return;
        }

        var limits = path.Child("limits");
        foreach (var (name, amount) in resources.Limits)
        {
            Amount(name, amount, limits, errors);
        }

        var requests = path.Child("requests");
        foreach (var (name, amount) in resources.Requests)
        {
            Amount(name, amount, requests, errors);
            if (resources.Limits.TryGetValue(name, out var limit))
            {
                CompareWithLimit(name, amount, limit, requests, errors);
            }
            else if (IsNotOvercommitted(name))
            {
                errors.Required(limits, "Limit must be set for non overcommitable resources");
            }
        }
    }

    /// <summary>Amounts of any resource, such as a node's capacity: none may be negative.</summary>
    public static void Amounts(ResourceList amounts, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, amount) in amounts)
        {
            if (amount.Sign < 0)
            {
                errors.Invalid(path.Key(name), amount.ToString(), NameRules.NotNegative);
            }
        }
    }

    private static void CompareWithLimit(string name, Quantity amount, Quantity limit, FieldPath path, FieldErrors errors)
    {
        if (IsNotOvercommitted(name) && amount != limit)
        {
            errors.Invalid(path, amount.ToString(), $"must be equal to {name} limit of {limit}");
        }
        else if (amount > limit)
        {
            errors.Invalid(path, amount.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }
    }

    private static void Amount(string name, Quantity amount, FieldPath path, FieldErrors errors)
    {
        var isStandard = name is "cpu" or "memory" or "ephemeral-storage";
        if (isStandard && amount.Sign >= 0)
        {
            return;
        }

        var at = path.Key(name);
        errors.InvalidAll(at, name, LabelNames.KeyErrors(name));
        if (!isStandard && !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("hugepages-", StringComparison.Ordinal))
        {
            errors.Invalid(at, name, "must be a standard resource for containers");
        }

        if (amount.Sign < 0)
        {
            errors.Invalid(at, amount.ToString(), NameRules.NotNegative);
        }

        if (name.Contains('/', StringComparison.Ordinal) && amount != Quantity.FromValue(amount.Value))
        {
            errors.Invalid(at, amount.ToString(), "must be an integer");
        }
    }

    // What is counted in whole devices or pages cannot be promised twice.
    private static bool IsNotOvercommitted(string name) =>
        name.Contains('/', StringComparison.Ordinal) || name.StartsWith("hugepages-", StringComparison.Ordinal);
}
