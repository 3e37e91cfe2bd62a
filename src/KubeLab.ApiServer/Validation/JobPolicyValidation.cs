using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with a job's rules about failures and success.</summary>
/// <remarks>Upstream: validatePodFailurePolicy and validateSuccessPolicy in pkg/apis/batch/validation/validation.go.</remarks>
internal static class JobPolicyValidation
{
    private const int RulesMax = 20;
    private const int ExitCodesMax = 255;
    private const int PatternsMax = 20;
    private const int IndexesTextMax = 65_536;
    private static readonly string[] Actions = ["Count", "FailIndex", "FailJob", "Ignore"];
    private static readonly string[] Operators = ["In", "NotIn"];
    private static readonly string[] Statuses = ["False", "True", "Unknown"];

    public static void Failures(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var rules = spec.PodFailurePolicy!.Rules;
        var rulesPath = path.Child("rules");
        if (rules.Count > RulesMax)
        {
            errors.TooMany(rulesPath, rules.Count, RulesMax);
        }

        for (var i = 0; i < rules.Count; i++)
        {
            Failure(spec, rules[i], rulesPath.Index(i), errors);
        }
    }

    public static void Success(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var rules = spec.SuccessPolicy!.Rules;
        var rulesPath = path.Child("rules");
        if (rules.IsEmpty)
        {
            errors.Required(rulesPath, "at least one rules must be specified when the successPolicy is specified");
        }

        if (rules.Count > RulesMax)
        {
            errors.TooMany(rulesPath, rules.Count, RulesMax);
        }

        for (var i = 0; i < rules.Count; i++)
        {
            Success(spec.Completions ?? 0, rules[i], rulesPath.Index(i), errors);
        }
    }

    private static void Failure(JobSpec spec, JobPodFailureRule rule, FieldPath path, FieldErrors errors)
    {
        var action = path.Child("action");
        if (rule.Action == "FailIndex")
        {
            if (spec.BackoffLimitPerIndex is null)
            {
                errors.Invalid(action, rule.Action, "requires the backoffLimitPerIndex to be set");
            }
        }
        else
        {
            Word(action, rule.Action, Actions, errors);
        }

        if (rule.OnExitCodes is { } codes)
        {
            ExitCodes(spec, codes, path.Child("onExitCodes"), errors);
        }

        Conditions(rule.OnPodConditions, path.Child("onPodConditions"), errors);
        if (rule.OnExitCodes is null == rule.OnPodConditions.IsEmpty)
        {
            errors.InvalidAsWhole(path, rule.OnExitCodes is null
                ? "specifying one of OnExitCodes and OnPodConditions is required"
                : "specifying both OnExitCodes and OnPodConditions is not supported");
        }
    }

    private static void Conditions(ValueList<JobPodCondition> patterns, FieldPath path, FieldErrors errors)
    {
        if (patterns.Count > PatternsMax)
        {
            errors.TooMany(path, patterns.Count, PatternsMax);
        }

        for (var i = 0; i < patterns.Count; i++)
        {
            errors.InvalidAll(path.Index(i).Child("type"), patterns[i].Type, LabelNames.KeyErrors(patterns[i].Type));
            Word(path.Index(i).Child("status"), patterns[i].Status, Statuses, errors);
        }
    }

    private static void ExitCodes(JobSpec spec, JobExitCodes codes, FieldPath path, FieldErrors errors)
    {
        Word(path.Child("operator"), codes.Operator, Operators, errors);
        var pod = spec.Template.Spec;
        if (codes.ContainerName is { } name && !pod.Containers.Exists(c => c.Name == name) && !pod.InitContainers.Exists(c => c.Name == name))
        {
            errors.Invalid(path.Child("containerName"), name, "must be one of the container or initContainer names in the pod template");
        }

        var values = path.Child("values");
        if (codes.Values.IsEmpty)
        {
            errors.Invalid(values, null, "at least one value is required");
        }
        else if (codes.Values.Count > ExitCodesMax)
        {
            errors.TooMany(values, codes.Values.Count, ExitCodesMax);
        }

        var seen = new HashSet<int>();
        var isOrdered = true;
        for (var i = 0; i < codes.Values.Count; i++)
        {
            var code = codes.Values[i];
            if (codes.Operator == "In" && code == 0)
            {
                errors.Invalid(values.Index(i), code, "must not be 0 for the In operator");
            }

            if (!seen.Add(code))
            {
                errors.Duplicate(values.Index(i), code);
            }

            isOrdered &= i == 0 || codes.Values[i - 1] <= code;
        }

        if (!isOrdered)
        {
            errors.Invalid(values, codes.Values, "must be ordered");
        }
    }

    private static void Success(int completions, JobSuccessRule rule, FieldPath path, FieldErrors errors)
    {
        if (rule.SucceededCount is null && rule.SucceededIndexes is null)
        {
            errors.Required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }

        var named = 0;
        if (rule.SucceededIndexes is { } indexes)
        {
            var field = path.Child("succeededIndexes");
            if (indexes.Length > IndexesTextMax)
            {
                errors.TooLong(field, IndexesTextMax);
            }

            if (IndexFormat.Problem(indexes, completions, out named) is { } problem)
            {
                errors.Invalid(field, indexes, $"error parsing succeededIndexes: {problem}");
            }
        }

        if (rule.SucceededCount is not { } count)
        {
            return;
        }

        var countPath = path.Child("succeededCount");
        errors.NonNegative(countPath, count);
        if (count > completions)
        {
            errors.Invalid(countPath, count, Text($"must be less than or equal to {completions} (the number of specified completions)"));
        }

        if (rule.SucceededIndexes is not null && count > named)
        {
            errors.Invalid(countPath, count, Text($"must be less than or equal to {named} (the number of indexes in the specified succeededIndexes field)"));
        }
    }

    private static void Word(FieldPath path, string value, string[] supported, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path, $"valid values: [{string.Join(' ', supported.Select(GoQuote.Quote))}]");
        }
        else if (!supported.Contains(value))
        {
            errors.NotSupported(path, value, supported);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
