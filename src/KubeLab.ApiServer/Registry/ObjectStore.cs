using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Admission;
using KubeLab.ApiServer.Registry.FieldManagement;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Registry;

/// <summary>Creates, updates and deletes the objects of one kind.</summary>
/// <remarks>Upstream: registry/generic/registry.Store. Kinds that do more derive from it.</remarks>
internal class ObjectStore(KindStrategy strategy, RegistryContext context)
{
    private const int GenerateNameAttempts = 8;
    private readonly FieldTracking tracking = new(strategy);

    public KindStrategy Strategy { get; } = strategy;

    public ApiResource Resource { get; } = strategy.Resource;

    protected RegistryContext Context { get; } = context;

    protected IEtcd Etcd => Context.Etcd;

    /// <summary>The key in the store.</summary>
    public string KeyOf(ObjectKey key) => Resource.Namespaced
        ? string.Concat(Resource.StorePrefix, key.Namespace, "/", key.Name)
        : string.Concat(Resource.StorePrefix, key.Name);

    public virtual IApiObject? Find(ObjectKey key) => Etcd.Get(KeyOf(key)) is { } found ? Strategy.FromStore(found.Value) : null;

    public virtual IApiObject Get(ObjectKey key) => Find(key) ?? throw ApiErrors.NotFound(Resource, key.Name);

    public virtual IApiObject Create(IApiObject obj, in WriteRequest request)
    {
        RequireRightPlace(obj.Metadata);
        obj = Track(Strategy.Default(obj), null, request);
        Authorize(obj, null, request);
        obj = Context.Admission.Admit(new AdmissionRequest(this, Context, Operation.Create, obj, null));
        var generates = string.IsNullOrEmpty(obj.Metadata.Name) && !string.IsNullOrEmpty(obj.Metadata.GenerateName);
        for (var attempt = 1; ; attempt++)
        {
            var prepared = PrepareForCreate(obj);
            if (TryCreate(prepared, request, out var stored, out var inTheWay))
            {
                return stored;
            }

            if (!generates || attempt == GenerateNameAttempts)
            {
                throw AlreadyExists(prepared.Metadata.Name!, inTheWay);
            }
        }
    }

    public IApiObject Update(IApiObject obj, in WriteRequest request) => Update(obj, request, status: false);

    public IApiObject UpdateStatus(IApiObject obj, in WriteRequest request) => Update(obj, request, status: true);

    /// <summary>Server-side apply: creates the object, or lays the configuration over it.</summary>
    public IApiObject Apply(ObjectKey key, PatchBody patch, in WriteRequest request)
    {
        var live = Find(key);
        var options = request.Options;
        if (live is null && options.Subresource is not null)
        {
            throw ApiErrors.NotFound(Resource, key.Name);
        }

        var obj = tracking.Apply(this, key, live, patch.Body, options, Context.Clock.Now);
        // The ownership is decided; the write itself must not decide it again.
        var write = request with { Options = options with { FieldManager = null } };
        return live is null ? Create(obj, write) : Update(obj, write, options.Subresource == "status");
    }

    /// <summary>Deletes; returns the object when it only begins to go.</summary>
    public virtual IApiObject? Delete(ObjectKey key, DeleteOptions options)
    {
        var path = KeyOf(key);
        while (true)
        {
            var current = Etcd.Get(path) ?? throw ApiErrors.NotFound(Resource, key.Name);
            var obj = Strategy.FromStore(current.Value);
            OptimisticConcurrency.Check(Resource, options, obj.Metadata);
            var marked = DeletionRules.Mark(obj.Metadata, options, Strategy.GracePeriodSeconds(obj, options), Context.Clock.Now);
            if (options.DryRun)
            {
                return marked is null ? null : obj.WithMetadata(marked);
            }

            if (ReferenceEquals(marked, obj.Metadata))
            {
                return obj;
            }

            if (marked is null ? TryRemove(current) : TryReplace(current, obj.WithMetadata(marked), out obj))
            {
                return marked is null ? null : obj;
            }
        }
    }

    /// <summary>Refuses what <paramref name="request"/>'s user may not store, whatever the verb allows; <paramref name="old"/> is null for a new object.</summary>
    protected virtual void Authorize(IApiObject obj, IApiObject? old, in WriteRequest request)
    {
    }

    /// <summary>Gives a new object what only the server can give, such as addresses; nothing is taken until the object is stored.</summary>
    protected virtual IApiObject Complete(IApiObject obj) => obj;

    /// <summary>The same for an object that is to replace <paramref name="old"/>.</summary>
    protected virtual IApiObject Complete(IApiObject obj, IApiObject old) => obj;

    /// <summary>Whether an update lets a deletion that waits go through.</summary>
    protected virtual bool CompletesDeletion(IApiObject obj, IApiObject old) =>
        obj.Metadata is { DeletionTimestamp: not null, Finalizers.IsEmpty: true, DeletionGracePeriodSeconds: null or 0 };

    /// <summary>Replaces <paramref name="current"/>; false when somebody was faster.</summary>
    protected bool TryReplace(KeyValue current, IApiObject obj, out IApiObject stored)
    {
        var lease = Strategy.TimeToLive is { } time ? Context.EventLeases.For(time) : 0;
        var result = Etcd.Commit(new Txn(current.Key, current.ModRevision, Strategy.ToStore(obj), lease));
        stored = result.Succeeded ? Strategy.FromStore(result.Current!.Value) : obj;
        return result.Succeeded;
    }

    /// <summary>Takes <paramref name="current"/> away; false when somebody was faster.</summary>
    protected bool TryRemove(KeyValue current)
    {
        return Etcd.Commit(new Txn(current.Key, current.ModRevision, null)).Succeeded;
    }

    private IApiObject PrepareForCreate(IApiObject obj)
    {
        var metadata = MetadataRules.ForCreate(obj.Metadata, Strategy.HasGeneration, Context.Clock.Now, Context.Uids, Context.Names);
        obj = Strategy.PrepareForCreate(obj.WithMetadata(metadata));
        var errors = new FieldErrors();
        MetadataRules.Validate(Strategy, metadata, errors);
        Strategy.Validate(obj, errors);
        errors.ThrowIfAny(Resource, metadata.Name ?? "");
        return obj;
    }

    private bool TryCreate(IApiObject obj, in WriteRequest request, out IApiObject stored, out IApiObject? inTheWay)
    {
        var key = KeyOf(ObjectKey.Of(obj));
        inTheWay = Etcd.Get(key) is { } found ? Strategy.FromStore(found.Value) : null;
        stored = obj;
        if (inTheWay is not null)
        {
            return false;
        }

        stored = Complete(obj);
        Context.Admission.Validate(new AdmissionRequest(this, Context, Operation.Create, stored, null) { IsDryRun = request.DryRun });
        if (request.DryRun)
        {
            return true;
        }

        var lease = Strategy.TimeToLive is { } time ? Context.EventLeases.For(time) : 0;
        var result = Etcd.Commit(new Txn(key, 0, Strategy.ToStore(stored), lease));
        stored = inTheWay = Strategy.FromStore(result.Current!.Value);
        return result.Succeeded;
    }

    private IApiObject Update(IApiObject obj, in WriteRequest request, bool status)
    {
        var path = KeyOf(ObjectKey.Of(obj));
        while (true)
        {
            var current = Etcd.Get(path);
            if (current is null)
            {
                return status || !Strategy.AllowsCreateOnUpdate
                    ? throw ApiErrors.NotFound(Resource, obj.Metadata.Name ?? "")
                    : Create(obj, request);
            }

            var old = Strategy.FromStore(current.Value);
            OptimisticConcurrency.Check(Strategy, path, obj.Metadata, old.Metadata);
            var next = PrepareForUpdate(obj, old, request, status);
            // A write that changes nothing is no write: the version stays, and nobody is told.
            if (Strategy.ToStore(next).Equals(current.Value))
            {
                return old;
            }

            if (!status)
            {
                Context.Admission.Validate(new AdmissionRequest(this, Context, Operation.Update, next, old) { IsDryRun = request.DryRun });
            }

            if (request.DryRun)
            {
                return next;
            }

            if (CompletesDeletion(next, old) ? TryRemove(current) : TryReplace(current, next, out next))
            {
                return next;
            }
        }
    }

    private IApiObject Track(IApiObject obj, IApiObject? old, in WriteRequest request)
    {
        var metadata = tracking.Track(obj, old, request.Options, Context.Clock.Now);
        return ReferenceEquals(metadata, obj.Metadata) ? obj : obj.WithMetadata(metadata);
    }

    private IApiObject PrepareForUpdate(IApiObject obj, IApiObject old, in WriteRequest request, bool status)
    {
        var metadata = MetadataRules.ForUpdate(obj.Metadata, old.Metadata);
        var next = ReferenceEquals(metadata, obj.Metadata) ? obj : obj.WithMetadata(metadata);
        var errors = new FieldErrors();
        if (status)
        {
            next = Track(Strategy.PrepareForStatusUpdate(next, old), old, request);
            MetadataRules.ValidateUpdate(next.Metadata, old.Metadata, errors);
            Strategy.ValidateStatusUpdate(next, old, errors);
        }
        else
        {
            Authorize(next, old, request);
            next = Complete(Track(Strategy.PrepareForUpdate(Strategy.Default(next), old), old, request), old);
            next = Context.Admission.Admit(new AdmissionRequest(this, Context, Operation.Update, next, old));
            if (Strategy.HasGeneration && Strategy.SpecChanged(next, old))
            {
                next = next.WithMetadata(next.Metadata with { Generation = old.Metadata.Generation + 1 });
            }

            MetadataRules.ValidateUpdate(next.Metadata, old.Metadata, errors);
            Strategy.ValidateUpdate(next, old, errors);
        }

        errors.ThrowIfAny(Resource, metadata.Name ?? "");
        return next;
    }

    private void RequireRightPlace(ObjectMeta metadata)
    {
        if (Resource.Namespaced == string.IsNullOrEmpty(metadata.Namespace))
        {
            throw ApiErrors.BadRequest(
                Resource.Namespaced ? "an empty namespace may not be set during creation" : "namespace may not be set on this type of object");
        }

        if (!string.IsNullOrEmpty(metadata.ResourceVersion))
        {
            throw new ApiException(new()
            {
                State = "Failure",
                Code = 500,
                Message = "resourceVersion should not be set on objects to be created",
            });
        }
    }

    private ApiException AlreadyExists(string name, IApiObject? inTheWay)
    {
        var refusal = ApiErrors.AlreadyExists(Resource, name);
        return inTheWay?.Metadata.DeletionTimestamp is null
            ? refusal
            : new ApiException(refusal.Status with { Message = $"object is being deleted: {refusal.Message}" });
    }
}
