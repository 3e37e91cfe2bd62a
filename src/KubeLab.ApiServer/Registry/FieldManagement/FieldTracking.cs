using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>Keeps <c>metadata.managedFields</c> for the objects of one kind, and carries out server-side apply.</summary>
/// <remarks>
/// Only writes that name a manager are followed: those through HTTP, where the user agent stands in for a name. What runs inside the simulation
/// names none, and its writes leave the entries as they are. As upstream, an object without entries gets none by an update; the first apply to
/// it makes one for all that it holds, named <c>before-first-apply</c>.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-side apply</seealso>
internal sealed class FieldTracking(KindStrategy strategy)
{
    private const string BeforeFirstApply = "before-first-apply";
    private FieldShape? shape;

    private FieldShape Shape => shape ??= strategy.Schema is { } schema ? FieldShape.OfCustom(schema) : FieldShape.Of(strategy.RecordType);

    private bool HasStatus => strategy.Resource.Subresources.Exists(static s => s == "status");

    /// <summary>The metadata of <paramref name="next"/> with the ownership of what it changed in <paramref name="old"/>, which is null for a new object.</summary>
    public ObjectMeta Track(IApiObject next, IApiObject? old, WriteOptions options, DateTimeOffset now)
    {
        var metadata = next.Metadata;
        if (options.FieldManager is not { } manager)
        {
            return metadata;
        }

        var entries = old is null ? default : metadata.ManagedFields;
        if (old is not null && entries.IsEmpty)
        {
            return metadata;
        }

        var comparison = Compare(old is null ? new JsonObject() : Json(old), Json(next), options.Subresource);
        if (comparison.IsNothing)
        {
            return metadata;
        }

        var owners = FieldOwners.Read(entries);
        owners.Update(Owner(manager, FieldOwner.Update, options.Subresource, now), comparison);
        return metadata with { ManagedFields = owners.Write() };
    }

    /// <summary>
    /// The object that applying <paramref name="body"/> makes of <paramref name="live"/>, or of nothing, with the new ownership in its metadata.
    /// </summary>
    /// <exception cref="ApiException">Conflict, or BadRequest; Invalid when no manager is named.</exception>
    public IApiObject Apply(ObjectStore store, ObjectKey key, IApiObject? live, JsonNode body, WriteOptions options, DateTimeOffset now)
    {
        var manager = RequireManager(options.FieldManager);
        var config = AppliedConfiguration.Read(store, key, body, options.Subresource, Shape);
        var before = live is null ? new JsonObject() : Json(live);
        var owners = OwnersBefore(live, before, now);
        var who = Owner(manager, FieldOwner.Apply, options.Subresource, now) with { Fields = FieldComparison.AllOf(config, Shape) };
        var merged = AppliedMerge.Merge(before, config, Shape);
        AppliedMerge.Prune(merged, Shape, owners.OwnedBy(who), owners.OwnedByOthers(who).Union(who.Fields));
        owners.Apply(who, FieldComparison.Of(before, merged, Shape), options.Force);
        return Read(key, merged, live, config, Written(owners));
    }

    private static string RequireManager(string? manager)
    {
        if (!string.IsNullOrEmpty(manager))
        {
            return manager;
        }

        var errors = new FieldErrors();
        errors.Required(FieldPath.Root("fieldManager"), "is required for apply patch");
        errors.ThrowIfAny(ApiResource.Named("meta.k8s.io/v1", "patchoptions", "PatchOptions", false), "");
        return "";
    }

    // A list with one empty entry is how a client says that nobody owns anything, where an empty list says nothing.
    private static ValueList<ManagedFieldsEntry> Written(FieldOwners owners) => owners.IsEmpty ? [new ManagedFieldsEntry()] : owners.Write();

    private static JsonObject Json(IApiObject obj)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(obj, obj.GetType(), ApiJson.Default)!;
        (json["metadata"] as JsonObject)?.Remove("managedFields");
        return json;
    }

    private FieldOwner Owner(string manager, string operation, string? subresource, DateTimeOffset now) =>
        new(manager, operation, strategy.Resource.ApiVersion, subresource ?? "", now, new FieldSet());

    private FieldComparison Compare(JsonNode old, JsonNode next, string? subresource)
    {
        var all = FieldComparison.Of(old, next, Shape);
        if (!HasStatus)
        {
            return all;
        }

        return subresource == "status"
            ? new(all.Changed.Only("f:status"), all.Removed.Only("f:status"))
            : new(all.Changed.Without("f:status"), all.Removed.Without("f:status"));
    }

    private FieldOwners OwnersBefore(IApiObject? live, JsonObject json, DateTimeOffset now)
    {
        var owners = FieldOwners.Read(live?.Metadata.ManagedFields ?? default);
        if (live is not null && owners.IsEmpty)
        {
            owners.Update(Owner(BeforeFirstApply, FieldOwner.Update, null, now), FieldComparison.Of(new JsonObject(), json, Shape));
        }

        return owners;
    }

    private IApiObject Read(ObjectKey key, JsonNode merged, IApiObject? live, JsonObject config, ValueList<ManagedFieldsEntry> entries)
    {
        try
        {
            var element = JsonSerializer.SerializeToElement(merged, PatchJson.Default.JsonNode);
            var resource = strategy.Resource;
            var obj = ObjectDecoder.Read(resource.ApiVersion, resource.Kind, strategy.RecordType, element, FieldValidation.Ignore, null, strategy.Schema);
            return obj.WithMetadata(obj.Metadata with
            {
                Name = key.Name,
                Namespace = resource.Namespaced ? key.Namespace : null,
                ResourceVersion = (string?)(config["metadata"] as JsonObject)?["resourceVersion"] ?? live?.Metadata.ResourceVersion,
                ManagedFields = entries,
            });
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }
}
