namespace KubeLab.Nodes.Images;

/// <summary>What the registries of the world hold. A node asks it once for each pull; the answer must not change with time.</summary>
public interface IImageCatalog
{
    /// <summary>How fast a node downloads and unpacks, in compressed bytes per second.</summary>
    double PullBytesPerSecond { get; }

    /// <summary>What a pull costs before the first byte comes.</summary>
    TimeSpan PullLatency { get; }

    /// <summary>Whether the image exists, and how large it is.</summary>
    ImageAnswer Ask(ImageReference reference);
}

/// <summary>A registry's answer: an image, or why there is none.</summary>
/// <param name="CompressedBytes">What is downloaded, in bytes; 0 when refused.</param>
/// <param name="Refusal">The runtime's error after <c>rpc error: </c>, or null when the image exists.</param>
public sealed record ImageAnswer(long CompressedBytes, string? Refusal)
{
    /// <summary>An image of so many bytes.</summary>
    public static ImageAnswer Of(long compressedBytes) => new(compressedBytes, null);

    /// <summary>The registry is there, the repository is not (or is private).</summary>
    public static ImageAnswer NoRepository(ImageReference reference) => new(0, $"code = Unknown desc = {Failed(reference)}: "
        + "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed");

    /// <summary>The repository is there, the tag is not.</summary>
    public static ImageAnswer NoTag(ImageReference reference) => new(0, $"code = NotFound desc = {Failed(reference)}: {reference.FullName}: not found");

    /// <summary>The registry's name does not resolve.</summary>
    public static ImageAnswer NoHost(ImageReference reference) => new(0, $"code = Unknown desc = {Failed(reference)}: failed to do request: "
        + $"Head \"https://{reference.Registry}/v2/{reference.Repository}/manifests/{reference.Digest ?? reference.Tag}\": "
        + $"dial tcp: lookup {reference.Registry}: no such host");

    private static string Failed(ImageReference reference) =>
        $"failed to pull and unpack image \"{reference.FullName}\": failed to resolve reference \"{reference.FullName}\"";
}
