using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>The scale subresource: the number of copies, whatever the kind.</summary>
internal static class Scaling
{
    /// <summary>The scale of <paramref name="obj"/>.</summary>
    /// <exception cref="ApiException">NotFound: the kind has none.</exception>
    public static Scale Of(ObjectStore store, IApiObject obj)
    {
        var scale = store.Strategy.ScaleOf(obj) ?? throw SubresourceErrors.NotFound();
        var metadata = obj.Metadata;
        return scale with
        {
            Metadata = new ObjectMeta
            {
                Name = metadata.Name,
                Namespace = metadata.Namespace,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
                CreationTimestamp = metadata.CreationTimestamp,
            },
        };
    }

    /// <summary>The scale as somebody reads it: an object that says nothing of its number has none to show.</summary>
    /// <exception cref="ApiException">NotFound: the kind has none; InternalError: the field with the number is absent.</exception>
    public static Scale Read(ObjectStore store, IApiObject obj)
    {
        var scale = Of(store, obj);
        return store.Strategy.MissingReplicas(obj) is { } path
            ? throw new ApiException(new()
            {
                State = "Failure",
                Code = 500,
                Reason = "InternalError",
                Message = $"Internal error occurred: the spec replicas field {GoQuote.Quote(path)} does not exist",
                Details = new() { Causes = [new() { Message = $"the spec replicas field {GoQuote.Quote(path)} does not exist" }] },
            })
            : scale;
    }

    /// <summary>Sets the number; the scale's resourceVersion and uid, when given, must be the object's.</summary>
    public static Scale Set(ObjectStore store, Scale scale, in WriteRequest request)
    {
        var obj = store.Get(ObjectKey.Of(scale));
        _ = Of(store, obj);
        if (scale.Spec.Replicas < 0)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Spec.Child("replicas"), scale.Spec.Replicas, "must be greater than or equal to 0");
            errors.ThrowIfAny(Scale.Resource, scale.Metadata.Name ?? "");
        }

        var metadata = obj.Metadata with { ResourceVersion = scale.Metadata.ResourceVersion, Uid = scale.Metadata.Uid ?? obj.Metadata.Uid };
        return Of(store, store.Update(store.Strategy.WithReplicas(obj, scale.Spec.Replicas).WithMetadata(metadata), request));
    }
}
