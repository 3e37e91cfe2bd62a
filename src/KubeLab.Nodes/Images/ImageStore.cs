using KubeLab.Simulation;

namespace KubeLab.Nodes.Images;

/// <summary>The images on one node's disk, and the pulls under way: one at a time, as upstream's default, and one for all pods that wait for it.</summary>
/// <remarks>Upstream: <c>serializeImagePulls: true</c>, pkg/kubelet/images.</remarks>
internal sealed class ImageStore(VirtualClock clock, Randomness chance, ImageLibrary library)
{
    private readonly Dictionary<string, StoredImage> stored = new(StringComparer.Ordinal);
    private readonly List<ImagePull> pulls = [];
    private Scheduled? current;

    /// <summary>What is on the disk, in the order it came.</summary>
    public IReadOnlyCollection<StoredImage> Images => stored.Values;

    /// <summary>What they take of the disk.</summary>
    public long Bytes { get; private set; }

    /// <summary>Called when an image has come or gone.</summary>
    public Action? Changed { get; set; }

    /// <summary>Grows whenever an image arrives or goes.</summary>
    public int Generation { get; private set; }

    /// <summary>The image called <paramref name="name"/> by users, when it is here.</summary>
    public StoredImage? Find(string name) => stored.GetValueOrDefault(library.Reference(name).FullName);

    /// <summary>Puts an image on the disk without a pull, as a machine image that was prepared with it.</summary>
    public void Preload(string name)
    {
        var answer = library.Ask(name);
        if (answer.Refusal is null)
        {
            Keep(library.Stored(name, answer.CompressedBytes));
        }
    }

    /// <summary>Asks the registry; <paramref name="done"/> runs when the pull ends, for better or worse.</summary>
    public void Pull(string name, Action<PullResult> done)
    {
        var reference = library.Reference(name);
        var pull = pulls.Find(p => p.FullName == reference.FullName);
        if (pull is null)
        {
            pulls.Add(pull = new ImagePull(name, reference.FullName));
            StartNext();
        }

        pull.Waiters.Add((clock.Now, done));
    }

    /// <summary>The machine lost power: pulls end untold; what is on the disk stays.</summary>
    public void Abort()
    {
        current?.Cancel();
        current = null;
        pulls.Clear();
    }

    /// <summary>Removes the images that none of <paramref name="inUse"/> names; false when there is nothing to remove.</summary>
    public bool RemoveUnused(IEnumerable<string> inUse)
    {
        var kept = inUse.Select(name => library.Reference(name).FullName).ToHashSet(StringComparer.Ordinal);
        var unused = stored.Values.Where(i => !kept.Contains(i.FullName)).ToList();
        foreach (var image in unused)
        {
            stored.Remove(image.FullName);
            Bytes -= image.Bytes;
        }

        Generation += unused.Count > 0 ? 1 : 0;
        return unused.Count > 0;
    }

    private void StartNext()
    {
        if (current is not null || pulls.Count == 0)
        {
            return;
        }

        var pull = pulls[0];
        var answer = library.Ask(pull.Name);
        pull.Started = clock.Now;
        var took = library.Latency.Draw(chance);
        if (answer.Refusal is null && !stored.ContainsKey(pull.FullName))
        {
            took += TimeSpan.FromSeconds(answer.CompressedBytes / library.BytesPerSecond) * library.Spread.Draw(chance).TotalSeconds;
        }

        current = clock.After(took, () => Finish(pull, answer));
    }

    private void Finish(ImagePull pull, ImageAnswer answer)
    {
        current = null;
        pulls.RemoveAt(0);
        var image = answer.Refusal is null ? Keep(library.Stored(pull.Name, answer.CompressedBytes)) : null;
        StartNext();
        foreach (var (since, done) in pull.Waiters)
        {
            var took = clock.Now - (since > pull.Started ? since : pull.Started);
            done(new PullResult(image, answer.Refusal is null ? null : $"rpc error: {answer.Refusal}", took, clock.Now - since));
        }
    }

    private StoredImage Keep(StoredImage image)
    {
        if (stored.TryAdd(image.FullName, image))
        {
            Generation++;
            Bytes += image.Bytes;
            Changed?.Invoke();
        }

        return image;
    }

    private sealed class ImagePull(string name, string fullName)
    {
        public string Name => name;

        public string FullName => fullName;

        public DateTimeOffset Started { get; set; }

        public List<(DateTimeOffset Since, Action<PullResult> Done)> Waiters { get; } = [];
    }
}

/// <summary>How a pull ended.</summary>
/// <param name="Image">What came, or null.</param>
/// <param name="Error">Why nothing came, or null.</param>
/// <param name="Took">The pull itself.</param>
/// <param name="Waited">The pull and the wait for earlier pulls.</param>
internal sealed record PullResult(StoredImage? Image, string? Error, TimeSpan Took, TimeSpan Waited);
