using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>A <see cref="KindStrategy"/> for a kind that a record models.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class KindStrategy<T> : KindStrategy
    where T : class, IApiObject<T>, new()
{
    private readonly T empty = new();

    /// <inheritdoc/>
    public sealed override ApiResource Resource => T.Resource;

    /// <inheritdoc/>
    public sealed override Type RecordType => typeof(T);

    /// <inheritdoc/>
    public sealed override IApiObject Empty(ObjectMeta metadata) => empty.WithMetadata(metadata);

    /// <inheritdoc/>
    public sealed override IApiObject Default(IApiObject obj) => Default((T)obj);

    /// <inheritdoc/>
    public sealed override IApiObject PrepareForCreate(IApiObject obj) => PrepareForCreate((T)obj);

    /// <inheritdoc/>
    public sealed override IApiObject PrepareForUpdate(IApiObject obj, IApiObject old) => PrepareForUpdate((T)obj, (T)old);

    /// <inheritdoc/>
    public sealed override IApiObject PrepareForStatusUpdate(IApiObject obj, IApiObject old) => PrepareForStatusUpdate((T)obj, (T)old);

    /// <inheritdoc/>
    public sealed override void Validate(IApiObject obj, FieldErrors errors) => Validate((T)obj, errors);

    /// <inheritdoc/>
    public sealed override void ValidateUpdate(IApiObject obj, IApiObject old, FieldErrors errors) => ValidateUpdate((T)obj, (T)old, errors);

    /// <inheritdoc/>
    public sealed override void ValidateStatusUpdate(IApiObject obj, IApiObject old, FieldErrors errors) =>
        ValidateStatusUpdate((T)obj, (T)old, errors);

    /// <inheritdoc/>
    public sealed override bool SpecChanged(IApiObject obj, IApiObject old) => SpecChanged((T)obj, (T)old);

    /// <inheritdoc/>
    public sealed override bool TryGetField(IApiObject obj, string path, out string value)
    {
        var metadata = obj.Metadata;
        switch (path)
        {
            case "metadata.name":
                value = metadata.Name ?? "";
                return true;
            case "metadata.namespace" when T.Resource.Namespaced:
                value = metadata.Namespace ?? "";
                return true;
            default:
                return TryGetField((T)obj, path, out value);
        }
    }

    /// <inheritdoc/>
    public sealed override long? GracePeriodSeconds(IApiObject obj, DeleteOptions options) => GracePeriodSeconds((T)obj, options);

    /// <inheritdoc/>
    public sealed override Scale? ScaleOf(IApiObject obj) => ScaleOf((T)obj);

    /// <inheritdoc/>
    public sealed override IApiObject WithReplicas(IApiObject obj, int replicas) => WithReplicas((T)obj, replicas);

    /// <inheritdoc cref="KindStrategy.Default(IApiObject)"/>
    protected virtual T Default(T obj) => obj;

    /// <inheritdoc cref="KindStrategy.PrepareForCreate(IApiObject)"/>
    protected virtual T PrepareForCreate(T obj) => obj;

    /// <inheritdoc cref="KindStrategy.PrepareForUpdate(IApiObject, IApiObject)"/>
    protected virtual T PrepareForUpdate(T obj, T old) => obj;

    /// <inheritdoc cref="KindStrategy.PrepareForStatusUpdate(IApiObject, IApiObject)"/>
    protected virtual T PrepareForStatusUpdate(T obj, T old) => obj;

    /// <inheritdoc cref="KindStrategy.Validate(IApiObject, FieldErrors)"/>
    protected virtual void Validate(T obj, FieldErrors errors)
    {
    }

    /// <inheritdoc cref="KindStrategy.ValidateUpdate(IApiObject, IApiObject, FieldErrors)"/>
    protected virtual void ValidateUpdate(T obj, T old, FieldErrors errors)
    {
    }

    /// <inheritdoc cref="KindStrategy.ValidateStatusUpdate(IApiObject, IApiObject, FieldErrors)"/>
    protected virtual void ValidateStatusUpdate(T obj, T old, FieldErrors errors)
    {
    }

    /// <inheritdoc cref="KindStrategy.SpecChanged(IApiObject, IApiObject)"/>
    protected virtual bool SpecChanged(T obj, T old) => false;

    /// <summary>The value of a field of this kind's own; name and namespace are answered already.</summary>
    protected virtual bool TryGetField(T obj, string path, out string value)
    {
        value = "";
        return false;
    }

    /// <inheritdoc cref="KindStrategy.GracePeriodSeconds(IApiObject, DeleteOptions)"/>
    protected virtual long? GracePeriodSeconds(T obj, DeleteOptions options) => null;

    /// <inheritdoc cref="KindStrategy.ScaleOf(IApiObject)"/>
    protected virtual Scale? ScaleOf(T obj) => null;

    /// <inheritdoc cref="KindStrategy.WithReplicas(IApiObject, int)"/>
    protected virtual T WithReplicas(T obj, int replicas) => obj;
}
