using System.Text.RegularExpressions;
using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Images;

/// <summary>The registry's contents: image sizes and how fast a node pulls, from <c>data/images</c>.</summary>
public sealed class ImageCatalog
{
    private readonly Dictionary<(string Name, string? Tag), ImageFacts> images = [];
    private readonly Dictionary<string, Regex> knownTags = new(StringComparer.Ordinal);

    private ImageCatalog(ImageFile file)
    {
        PullBytesPerSecond = file.Pull.BytesPerSecond.Value;
        PullLatency = TimeSpan.FromSeconds(file.Pull.LatencySeconds.Value);
        foreach (var image in file.Images)
        {
            var name = Parse(image.Name).Name;
            if (image.Tags is { } tags)
            {
                knownTags[name] = new Regex($"^(?:{tags})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
            }

            images[(name, image.Tag)] = new ImageFacts(name, image.Bytes, image.UnpackedBytes, image.Source, image.Verified);
        }
    }

    /// <summary>Compressed bytes that a cloud node pulls per second, download and unpacking together.</summary>
    public double PullBytesPerSecond { get; }

    /// <summary>What every pull takes besides, however small the image.</summary>
    public TimeSpan PullLatency { get; }

    /// <summary>All known images, by name.</summary>
    public IReadOnlyList<ImageFacts> All => [.. images.Values.OrderBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Bytes)];

    /// <summary>Reads <c>data/images/images.json</c>.</summary>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static ImageCatalog Load()
    {
        const string path = "images/images.json";
        var file = DataFile.Parse(path, CloudJson.Default.ImageFile);
        for (var i = 0; i < file.Images.Length; i++)
        {
            if (file.Images[i].Bytes <= 0)
            {
                throw new DataFileException(path, $"$.images[{i}].bytes", $"the size of {file.Images[i].Name} must be positive");
            }
        }

        return file.Pull.BytesPerSecond.Value > 0
            ? new ImageCatalog(file)
            : throw new DataFileException(path, "$.pull.bytes_per_second.value", "must be positive");
    }

    /// <summary>What is known of an image, or null when the registry has none of that name or tag: a pull of it fails.</summary>
    /// <param name="reference">As a pod names it: <c>nginx</c>, <c>nginx:1.27</c>, <c>ghcr.io/org/app@sha256:…</c>.</param>
    public ImageFacts? Find(string reference)
    {
        var (name, tag) = Parse(reference);
        if (knownTags.TryGetValue(name, out var known) && !known.IsMatch(tag) && !images.ContainsKey((name, tag)))
        {
            return null;
        }

        var variant = tag[(tag.LastIndexOf('-') + 1)..];
        return images.GetValueOrDefault((name, tag)) ?? images.GetValueOrDefault((name, variant)) ?? images.GetValueOrDefault((name, null));
    }

    /// <summary>How long a node needs that has nothing of the image yet.</summary>
    public TimeSpan PullTime(ImageFacts image) => PullLatency + TimeSpan.FromSeconds(image.Bytes / PullBytesPerSecond);

    /// <summary>Splits a reference as container runtimes do: Docker Hub and <c>latest</c> are what is left out.</summary>
    internal static (string Name, string Tag) Parse(string reference)
    {
        var digest = reference.IndexOf('@', StringComparison.Ordinal);
        var named = digest < 0 ? reference : reference[..digest];
        var colon = named.LastIndexOf(':');
        var slash = named.LastIndexOf('/');
        var (name, tag) = colon > slash ? (named[..colon], named[(colon + 1)..]) : (named, "latest");
        var first = name.IndexOf('/', StringComparison.Ordinal);
        if (first < 0)
        {
            return ($"docker.io/library/{name}", tag);
        }

        // The first part is a registry's host when it looks like one; otherwise it is an account at Docker Hub.
        var host = name[..first];
        var isHost = host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost";
        return (isHost ? name : $"docker.io/{name}", tag);
    }
}
