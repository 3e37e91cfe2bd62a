using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.Controllers.Owning;

/// <summary>Who manages whom: at most one owner of an object is its controller.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/">Owners and dependents</seealso>
public static class Ownership
{
    /// <summary>The owner that manages the object of <paramref name="metadata"/>, or null.</summary>
    public static OwnerReference? ControllerOf(ObjectMeta metadata)
    {
        foreach (var owner in metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>The uid of the owner that manages the object, or null.</summary>
    public static string? ControllerUidOf(ObjectMeta metadata) => ControllerOf(metadata)?.Uid;

    /// <summary>Whether <paramref name="owner"/> manages the object of <paramref name="metadata"/>.</summary>
    public static bool IsControlledBy(ObjectMeta metadata, ObjectMeta owner) =>
        ControllerOf(metadata) is { } controller && controller.Uid == owner.Uid;

    /// <summary>
    /// A reference that makes <paramref name="controller"/> the managing owner; its foreground deletion waits for the object.
    /// </summary>
    public static OwnerReference ReferenceTo(IApiObject controller) => new()
    {
        ApiVersion = controller.ApiVersion,
        Kind = controller.Kind,
        Name = controller.Metadata.Name ?? "",
        Uid = controller.Metadata.Uid ?? "",
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>
    /// The namespace of an object without a controller, by which candidates for adoption are indexed; null when it has one.
    /// </summary>
    public static string? OrphanPlaceOf(ObjectMeta metadata) => ControllerOf(metadata) is null ? metadata.Namespace ?? "" : null;
}
