using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Images;

/// <summary>
/// The catalog of <c>data/images</c> (sizes) and <c>data/programs/registries.yaml</c> (what does not exist). An image that neither names exists and has
/// the default size; one registered by <see cref="Add"/> or <see cref="Remove"/> is what the lesson says.
/// </summary>
public sealed class DataImageCatalog : IImageCatalog
{
    private readonly Dictionary<(string Name, string? Tag), long> sizes = [];
    private readonly HashSet<string> missing = new(StringComparer.Ordinal);
    private readonly HashSet<string> unknownHosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> missingTags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Regex> knownTags = new(StringComparer.Ordinal);
    private long defaultBytes = 50_000_000;

    private DataImageCatalog()
    {
    }

    /// <inheritdoc/>
    public double PullBytesPerSecond { get; set; } = 16_000_000;

    /// <inheritdoc/>
    public TimeSpan PullLatency { get; set; } = TimeSpan.FromSeconds(0.4);

    /// <summary>Reads the data files.</summary>
    /// <exception cref="InvalidDataException">A file is not of the expected shape.</exception>
    public static DataImageCatalog Load()
    {
        var catalog = new DataImageCatalog();
        foreach (var (_, text) in EmbeddedData.Under("images"))
        {
            catalog.ReadSizes(text);
        }

        foreach (var (name, text) in EmbeddedData.Under("programs").Where(file => file.Name == ProgramCatalog.RegistriesFile))
        {
            catalog.ReadRegistries(EmbeddedData.Yaml<Registries>(name, text));
        }

        return catalog;
    }

    /// <summary>From now on <paramref name="image"/> exists, with so many compressed bytes; with no tag, so do all its tags.</summary>
    public void Add(string image, long compressedBytes)
    {
        var reference = ImageReference.Parse(image);
        missing.Remove(reference.Name);
        missingTags.Remove(reference.FullName);
        sizes[(reference.Name, HasTag(image) ? reference.Tag : null)] = compressedBytes;
    }

    /// <summary>From now on <paramref name="image"/> cannot be pulled: the tag when one is given, otherwise the repository.</summary>
    public void Remove(string image)
    {
        var reference = ImageReference.Parse(image);
        (HasTag(image) ? missingTags : missing).Add(HasTag(image) ? reference.FullName : reference.Name);
    }

    /// <inheritdoc/>
    public ImageAnswer Ask(ImageReference reference)
    {
        if (unknownHosts.Contains(reference.Registry))
        {
            return ImageAnswer.NoHost(reference);
        }

        if (missing.Contains(reference.Name))
        {
            return ImageAnswer.NoRepository(reference);
        }

        if (missingTags.Contains(reference.FullName) || missingTags.Contains(reference.Tag))
        {
            return ImageAnswer.NoTag(reference);
        }

        if (sizes.TryGetValue((reference.Name, reference.Tag), out var exact))
        {
            return ImageAnswer.Of(exact);
        }

        return reference.Digest is null && knownTags.TryGetValue(reference.Name, out var known) && !known.IsMatch(reference.Tag)
            ? ImageAnswer.NoTag(reference)
            : ImageAnswer.Of(SizeOf(reference));
    }

    // A size for the tag "alpine" also holds for "1.27-alpine".
    private long SizeOf(ImageReference reference)
    {
        var dash = reference.Tag.LastIndexOf('-');
        return (dash >= 0 && sizes.TryGetValue((reference.Name, reference.Tag[(dash + 1)..]), out var bytes))
            || sizes.TryGetValue((reference.Name, null), out bytes)
                ? bytes
                : defaultBytes;
    }

    private static bool HasTag(string image) => image.LastIndexOf(':') > image.LastIndexOf('/');

    private void ReadSizes(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("pull", out var pull))
        {
            PullBytesPerSecond = pull.GetProperty("bytes_per_second").GetProperty("value").GetDouble();
            PullLatency = TimeSpan.FromSeconds(pull.GetProperty("latency_seconds").GetProperty("value").GetDouble());
        }

        foreach (var image in document.RootElement.GetProperty("images").EnumerateArray())
        {
            var name = ImageReference.Parse(image.GetProperty("name").GetString()!).Name;
            var tag = image.TryGetProperty("tag", out var named) ? named.GetString() : null;
            sizes[(name, tag)] = image.GetProperty("bytes").GetInt64();
            if (image.TryGetProperty("tags", out var pattern))
            {
                knownTags[name] = new Regex($"^(?:{pattern.GetString()})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
            }
        }
    }

    private void ReadRegistries(Registries registries)
    {
        defaultBytes = registries.DefaultBytes;
        unknownHosts.UnionWith(registries.UnknownHosts);
        missing.UnionWith(registries.MissingRepositories.Select(name => ImageReference.Parse(name).Name));
        missingTags.UnionWith(registries.MissingTags);
    }

    private sealed class Registries
    {
        public long DefaultBytes { get; set; }

        public List<string> UnknownHosts { get; set; } = [];

        public List<string> MissingRepositories { get; set; } = [];

        public List<string> MissingTags { get; set; } = [];
    }
}
