using KubeLab.Api.Storage;

namespace KubeLab.Controllers.Volumes;

/// <summary>The class of claims that name none.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass">Default StorageClass</seealso>
public static class DefaultClass
{
    private const string BetaAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    /// <summary>The newest of the classes that are marked so, by name when they are of one age; null when none is.</summary>
    public static StorageClass? Of(IEnumerable<StorageClass> classes) => classes
        .Where(c => c.Metadata.Annotations[VolumeNotes.IsDefaultClass] == "true" || c.Metadata.Annotations[BetaAnnotation] == "true")
        .OrderByDescending(c => c.Metadata.CreationTimestamp?.Instant)
        .ThenBy(c => c.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();
}
