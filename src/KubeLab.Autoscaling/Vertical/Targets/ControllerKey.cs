using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.Autoscaling.Vertical.Targets;

/// <summary>Which controller, and in which version of the API it is meant.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="ApiVersion">The version, for example <c>apps/v1</c>.</param>
internal readonly record struct ControllerKey(string Namespace, string Kind, string Name, string ApiVersion)
{
    /// <summary>The API group.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>The place among those of its kind.</summary>
    public ObjectKey Place => new(Namespace, Name);

    /// <summary>The controller that <paramref name="metadata"/> names as its owner; null when there is none.</summary>
    public static ControllerKey? OwnerOf(ObjectMeta metadata) => metadata.OwnerReferences.Find(static o => o.Controller == true) is { } owner
        ? new(metadata.Namespace ?? "", owner.Kind, owner.Name, owner.ApiVersion)
        : null;
}
