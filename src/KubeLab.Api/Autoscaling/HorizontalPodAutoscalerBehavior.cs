using System.Text.Json.Serialization;

namespace KubeLab.Api.Autoscaling;

/// <summary>How fast the number of copies may change.</summary>
public sealed record HorizontalPodAutoscalerBehavior : ApiRecord
{
    /// <summary>Upwards.</summary>
    public HPAScalingRules? ScaleUp { get; init; }

    /// <summary>Downwards.</summary>
    public HPAScalingRules? ScaleDown { get; init; }
}

/// <summary>How fast the number of copies may change in one direction.</summary>
public sealed record HPAScalingRules : ApiRecord
{
    /// <summary>For how many seconds former proposals still count.</summary>
    public int? StabilizationWindowSeconds { get; init; }

    /// <summary><c>Max</c>, <c>Min</c> or <c>Disabled</c>.</summary>
    public string? SelectPolicy { get; init; }

    /// <summary>The bounds.</summary>
    public ValueList<HPAScalingPolicy> Policies { get; init; }

    /// <summary>By which part a measure may be off.</summary>
    public Quantity? Tolerance { get; init; }
}

/// <summary>One bound of how fast the number may change.</summary>
public sealed record HPAScalingPolicy : ApiRecord
{
    /// <summary><c>Pods</c> or <c>Percent</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>How many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Value { get; init; }

    /// <summary>In how many seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int PeriodSeconds { get; init; }
}
