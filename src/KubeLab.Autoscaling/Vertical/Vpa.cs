using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>A vertical autoscaler: the custom object with its fields read.</summary>
/// <param name="Object">The object as stored.</param>
/// <param name="Spec">What the user asks for.</param>
/// <param name="Status">What was said last.</param>
internal sealed record Vpa(CustomObject Object, VerticalPodAutoscalerSpec Spec, VerticalPodAutoscalerStatus Status)
{
    /// <summary>Where they are stored.</summary>
    public static ApiResource Resource { get; } = ApiResource.Named("autoscaling.k8s.io/v1", "verticalpodautoscalers", "VerticalPodAutoscaler", true, "vpa", "", "status");

    /// <summary>Its place.</summary>
    public ObjectKey Key => ObjectKey.Of(Object);

    /// <summary>How recommendations reach pods.</summary>
    public string UpdateMode => Spec.UpdatePolicy?.UpdateMode is { Length: > 0 } mode ? mode : UpdateModes.Recreate;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created => Object.Metadata.CreationTimestamp?.Instant ?? default;

    /// <summary>Reads the fields of a custom object.</summary>
    /// <exception cref="JsonException">A field is not what the schema says.</exception>
    public static Vpa Read(CustomObject obj) => new(
        obj,
        Field(obj, "spec")?.Deserialize(ApiJson.Default.VerticalPodAutoscalerSpec) ?? VerticalPodAutoscalerSpec.Empty,
        Field(obj, "status")?.Deserialize(ApiJson.Default.VerticalPodAutoscalerStatus) ?? VerticalPodAutoscalerStatus.Empty);

    /// <summary>The object with another status.</summary>
    public CustomObject With(VerticalPodAutoscalerStatus status) =>
        Object.WithField("status", JsonSerializer.SerializeToElement(status, ApiJson.Default.VerticalPodAutoscalerStatus));

    /// <summary>Whether this one comes before <paramref name="other"/> where both select a pod: the older one, then by name.</summary>
    public bool IsStrongerThan(Vpa? other) =>
        other is null || (Created != other.Created ? Created < other.Created : string.CompareOrdinal(Key.Name, other.Key.Name) < 0);

    private static JsonElement? Field(CustomObject obj, string name) => obj.Overflow?[name] is { ValueKind: JsonValueKind.Object } field ? field : null;
}

/// <summary>How recommendations reach pods.</summary>
internal static class UpdateModes
{
    /// <summary>Not at all.</summary>
    public const string Off = "Off";

    /// <summary>When pods are made.</summary>
    public const string Initial = "Initial";

    /// <summary>When pods are made, and by evicting those that are off.</summary>
    public const string Recreate = "Recreate";

    /// <summary>In place where possible; upstream's feature gate of that name is off here.</summary>
    public const string InPlaceOrRecreate = "InPlaceOrRecreate";

    /// <summary>The old name of <see cref="Recreate"/>.</summary>
    public const string Auto = "Auto";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Off, Initial, Recreate, InPlaceOrRecreate, Auto];
}
