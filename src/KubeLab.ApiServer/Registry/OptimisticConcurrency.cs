using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Whether a write still means the object that is there: 409 Conflict when it does not.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">Resource versions</seealso>
internal static class OptimisticConcurrency
{
    /// <summary>Refuses an update that was made from another object or another version.</summary>
    public static void Check(KindStrategy strategy, string key, ObjectMeta wanted, ObjectMeta current)
    {
        var name = current.Name ?? "";
        if (!string.IsNullOrEmpty(wanted.Uid) && wanted.Uid != current.Uid)
        {
            throw ApiErrors.Conflict(
                strategy.Resource,
                name,
                $"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: "
                + $"Precondition failed: UID in precondition: {wanted.Uid}, UID in object meta: {current.Uid}");
        }

        if (!string.IsNullOrEmpty(wanted.ResourceVersion) && wanted.ResourceVersion != "0")
        {
            if (wanted.ResourceVersion != current.ResourceVersion)
            {
                throw ApiErrors.Stale(strategy.Resource, name);
            }
        }
        else if (!strategy.AllowsUnconditionalUpdate)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Metadata.Child("resourceVersion"), 0, "must be specified for an update");
            errors.ThrowIfAny(strategy.Resource, name);
        }
    }

    /// <summary>Refuses a deletion that means another object or another version.</summary>
    public static void Check(ApiResource resource, DeleteOptions options, ObjectMeta current)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            throw Conflict(
                resource,
                current,
                $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is { } version && version != current.ResourceVersion)
        {
            throw Conflict(
                resource,
                current,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current.ResourceVersion}). The object might have been modified");
        }
    }

    // Upstream names the kind here where it names the resource everywhere else.
    private static ApiException Conflict(ApiResource resource, ObjectMeta current, string why) =>
        ApiErrors.Conflict(ApiResource.Named(resource.ApiVersion, resource.Kind, resource.Kind, resource.Namespaced), current.Name ?? "", why);
}
