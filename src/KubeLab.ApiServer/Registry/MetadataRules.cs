using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.ApiServer.Validation;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>What the server itself does to metadata, and what it demands of it, for every kind.</summary>
/// <remarks>Upstream: apimachinery/pkg/api/validation/objectmeta.go and registry/rest/meta.go.</remarks>
internal static class MetadataRules
{
    private const int GeneratedPrefixLengthMax = 58;

    /// <summary>The metadata of a new object: identity and birth are the server's.</summary>
    public static ObjectMeta ForCreate(ObjectMeta meta, bool hasGeneration, DateTimeOffset now, Randomness uids, Randomness names) => meta with
    {
        Name = string.IsNullOrEmpty(meta.Name) && !string.IsNullOrEmpty(meta.GenerateName) ? NameFrom(meta.GenerateName, names) : meta.Name,
        Uid = uids.NextUid().ToString(),
        CreationTimestamp = now,
        Generation = hasGeneration ? 1 : 0,
        ResourceVersion = null,
        DeletionTimestamp = null,
        DeletionGracePeriodSeconds = null,
        ManagedFields = Owners(meta),
    };

    /// <summary>A name that begins with <paramref name="prefix"/> and is probably free.</summary>
    public static string NameFrom(string prefix, Randomness names) =>
        string.Concat(prefix.Length > GeneratedPrefixLengthMax ? prefix.AsSpan(0, GeneratedPrefixLengthMax) : prefix, names.NextSuffix());

    /// <summary>The metadata of an object that replaces another: what the server gave stays. It is the old instance where nothing changes.</summary>
    public static ObjectMeta ForUpdate(ObjectMeta meta, ObjectMeta old) => ReferenceEquals(meta, old) ? old : meta with
    {
        Name = old.Name,
        Namespace = old.Namespace,
        Uid = old.Uid,
        ResourceVersion = old.ResourceVersion,
        Generation = old.Generation,
        CreationTimestamp = old.CreationTimestamp,
        DeletionTimestamp = old.DeletionTimestamp,
        DeletionGracePeriodSeconds = old.DeletionGracePeriodSeconds,
        ManagedFields = meta.ManagedFields.IsEmpty || !CanBeRead(meta.ManagedFields) ? old.ManagedFields : Owners(meta),
    };

    // Entries that cannot be read are taken for the mistake of a client that does not know them, as upstream.
    private static bool CanBeRead(ValueList<ManagedFieldsEntry> entries) => SaysNobody(entries)
        || !entries.Exists(static e => e.Operation is not ("Apply" or "Update") || string.IsNullOrEmpty(e.ApiVersion) || e.FieldsType != "FieldsV1");

    // One empty entry is how a client says that nobody owns anything.
    private static ValueList<ManagedFieldsEntry> Owners(ObjectMeta meta) => SaysNobody(meta.ManagedFields) ? default : meta.ManagedFields;

    private static bool SaysNobody(ValueList<ManagedFieldsEntry> entries) => entries is { Count: 1 } only && only[0].Operation is null && only[0].Manager is null;

    /// <summary>Says what is wrong with the metadata of a new object.</summary>
    public static void Validate(KindStrategy strategy, ObjectMeta meta, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(meta.GenerateName))
        {
            ValidateName(strategy, meta.GenerateName.TrimEnd('-'), FieldPath.Metadata.Child("generateName"), errors);
        }

        if (string.IsNullOrEmpty(meta.Name))
        {
            errors.Required(FieldPath.Metadata.Child("name"), "name or generateName is required");
        }
        else
        {
            ValidateName(strategy, meta.Name, FieldPath.Metadata.Child("name"), errors);
        }

        LabelValidation.LabelsAndAnnotations(meta, FieldPath.Metadata, errors);
        ValidateOwners(meta, errors);
    }

    /// <summary>Says what is wrong with metadata that replaces <paramref name="old"/>.</summary>
    public static void ValidateUpdate(ObjectMeta meta, ObjectMeta old, FieldErrors errors)
    {
        if (ReferenceEquals(meta, old))
        {
            return;
        }

        if (meta.Labels != old.Labels || meta.Annotations != old.Annotations)
        {
            LabelValidation.LabelsAndAnnotations(meta, FieldPath.Metadata, errors);
        }

        ValidateOwners(meta, errors);
        if (old.DeletionTimestamp is not null && meta.Finalizers.Exists(f => !old.Finalizers.Exists(o => o == f)))
        {
            var added = meta.Finalizers.Where(f => !old.Finalizers.Exists(o => o == f));
            errors.Forbidden(
                FieldPath.Metadata.Child("finalizers"),
                "no new finalizers can be added if the object is being deleted, found new finalizers "
                + $"[]string{{{string.Join(", ", added.Select(GoQuote.Quote))}}}");
        }
    }

    private static void ValidateName(KindStrategy strategy, string name, FieldPath path, FieldErrors errors)
    {
        foreach (var problem in strategy.NameErrors(name))
        {
            errors.Invalid(path, name, problem);
        }
    }

    private static void ValidateOwners(ObjectMeta meta, FieldErrors errors)
    {
        OwnerReference? controller = null;
        var owners = meta.OwnerReferences.Span;
        for (var i = 0; i < owners.Length; i++)
        {
            var owner = owners[i];
            var path = FieldPath.Metadata.Child("ownerReferences");
            RequireOwnerField(owner.ApiVersion, path, "apiVersion", "version must not be empty", errors);
            RequireOwnerField(owner.Kind, path, "kind", "must not be empty", errors);
            RequireOwnerField(owner.Name, path, "name", "must not be empty", errors);
            RequireOwnerField(owner.Uid, path, "uid", "must not be empty", errors);
            if (owner.Controller == true)
            {
                if (controller is not null)
                {
                    errors.Invalid(
                        path,
                        $"{owner.Kind}/{owner.Name}",
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                        + $"{controller.Kind}/{controller.Name} and {owner.Kind}/{owner.Name}");
                }

                controller = owner;
            }
        }
    }

    private static void RequireOwnerField(string value, FieldPath path, string field, string detail, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Invalid(path.Child(field), value, detail);
        }
    }
}
