using KubeLab.Api.Core;

namespace KubeLab.Api.Quotas;

/// <summary>What claims use of quotas: themselves and the storage they request, in all and by storage class.</summary>
/// <remarks>Upstream: pkg/quota/v1/evaluator/core/persistent_volume_claims.go.</remarks>
internal sealed class ClaimEvaluator() : QuotaEvaluator(PersistentVolumeClaim.Resource)
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string ClassSuffix = ".storageclass.storage.k8s.io/";

    public override bool HandlesUpdates => true;

    public override bool Uses(string name) => name is "persistentvolumeclaims" or "requests.storage"
        || name == CountName
        || name.EndsWith($"{ClassSuffix}requests.storage", StringComparison.Ordinal)
        || name.EndsWith($"{ClassSuffix}persistentvolumeclaims", StringComparison.Ordinal);

    public override ResourceList Usage(IApiObject obj, DateTimeOffset now)
    {
        var claim = (PersistentVolumeClaim)obj;
        var usage = Count(CountName, "persistentvolumeclaims");
        var storageClass = claim.Metadata.Annotations[ClassAnnotation] ?? claim.Spec.StorageClassName;
        var hasClass = !string.IsNullOrEmpty(storageClass);
        usage = hasClass ? Amounts.Add(usage, Count($"{storageClass}{ClassSuffix}persistentvolumeclaims")) : usage;
        if (!claim.Spec.Resources.Requests.TryGetValue("storage", out var storage))
        {
            return usage;
        }

        // Bytes are counted whole; a value is rounded up when it is read as one.
        var whole = storage == Quantity.FromValue(storage.Value) ? storage : Quantity.FromValue(storage.Value, storage.Format);
        usage = usage.With("requests.storage", whole);
        return hasClass ? usage.With($"{storageClass}{ClassSuffix}requests.storage", whole) : usage;
    }
}
