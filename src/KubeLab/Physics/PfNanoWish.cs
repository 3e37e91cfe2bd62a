namespace KubeLab.Physics;

/// <summary>A run of CMS's PFNano over a data set: which machines, and how many.</summary>
/// <seealso href="https://cms-opendata-workshop.github.io/">CMS Open Data workshops</seealso>
public sealed record PfNanoWish
{
    /// <summary>The image of the jobs, whose program is described in <c>data/programs/physics.yaml</c>.</summary>
    public const string Image = "ghcr.io/cms-dpoa/pfnano-image-build:latest";

    /// <summary>At which provider.</summary>
    public string Provider { get; init; } = "gcp";

    /// <summary>In which region.</summary>
    public string Region { get; init; } = "europe-west4";

    /// <summary>The type of the nodes.</summary>
    public string Machine { get; init; } = "e2-standard-4";

    /// <summary>How many nodes at the most; all of them are asked for at once.</summary>
    public int Nodes { get; init; } = 12;

    /// <summary>How many files, one job each: record 30511 has 353.</summary>
    public int Files { get; init; } = 353;

    /// <summary>The CPU that each job requests.</summary>
    public string RequestCpu { get; init; } = "780m";

    /// <summary>The memory that each job requests.</summary>
    public string RequestMemory { get; init; } = "1.8Gi";

    /// <summary>Whether the nodes have the image on their disks from the start; else each pulls it.</summary>
    public bool ImageCached { get; init; } = true;

    /// <summary>How long a node without work is kept; null keeps all of them to the end.</summary>
    public TimeSpan? IdleNodesGoAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether nodes are Spot machines, for their price; this run takes none of them back.</summary>
    public bool Spot { get; init; }

    /// <summary>Decides how long each file takes, and all other chance.</summary>
    public long Seed { get; init; } = 7;

    /// <inheritdoc/>
    public override string ToString() => $"{Nodes} x {Machine}";
}
