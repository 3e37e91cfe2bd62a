using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Images;

/// <summary>What is known of an image in a registry.</summary>
/// <param name="Name">Its full name without tag, for example <c>docker.io/library/nginx</c>.</param>
/// <param name="Bytes">Compressed bytes, as the kubelet prints them in <c>Image size</c>.</param>
/// <param name="UnpackedBytes">Bytes on the node's disk; null when not published.</param>
/// <param name="Source">Where the size is known from.</param>
/// <param name="Verified">How well it is known; <see cref="Verification.Assumption"/> is right in order of magnitude only.</param>
public sealed record ImageFacts(string Name, long Bytes, long? UnpackedBytes, string Source, Verification Verified);
