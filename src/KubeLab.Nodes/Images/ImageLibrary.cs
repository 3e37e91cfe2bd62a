using KubeLab.Nodes.Stages;

namespace KubeLab.Nodes.Images;

/// <summary>A catalog with its answers remembered, so that a thousand nodes share one reading of each name.</summary>
internal sealed class ImageLibrary(IImageCatalog catalog)
{
    private readonly Dictionary<string, ImageReference> references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredImage> images = new(StringComparer.Ordinal);

    /// <summary>The wait before the first byte; its spread is an assumption.</summary>
    public Delay Latency { get; } = new() { Kind = DelayKind.Lognormal, Mean = catalog.PullLatency.TotalSeconds, Cv = 0.3 };

    /// <summary>How much slower or faster one download is than the next; an assumption.</summary>
    public Delay Spread { get; } = new() { Kind = DelayKind.Lognormal, Mean = 1, Cv = 0.15, Min = 0.5, Max = 3 };

    /// <summary>Compressed bytes per second.</summary>
    public double BytesPerSecond => catalog.PullBytesPerSecond;

    /// <summary>What <paramref name="name"/> means.</summary>
    public ImageReference Reference(string name)
    {
        if (!references.TryGetValue(name, out var reference))
        {
            references.Add(name, reference = ImageReference.Parse(name));
        }

        return reference;
    }

    /// <summary>What the registry says.</summary>
    public ImageAnswer Ask(string name) => catalog.Ask(Reference(name));

    /// <summary>The image as it lies on a disk.</summary>
    public StoredImage Stored(string name, long bytes)
    {
        var reference = Reference(name);
        if (!images.TryGetValue(reference.FullName, out var image) || image.Bytes != bytes)
        {
            images[reference.FullName] = image = StoredImage.Of(reference, bytes);
        }

        return image;
    }
}
