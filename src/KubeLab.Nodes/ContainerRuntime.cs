using KubeLab.Nodes.Images;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Stages;

namespace KubeLab.Nodes;

/// <summary>What all nodes of a cluster have in common: what images there are, what their programs do, and how a pod's life goes on.</summary>
public sealed class ContainerRuntime
{
    private ContainerRuntime(IImageCatalog images, ProgramCatalog programs, StageSet stages)
    {
        Library = new ImageLibrary(images);
        Images = images;
        Programs = programs;
        Stages = stages;
    }

    /// <summary>What the registries hold.</summary>
    public IImageCatalog Images { get; }

    /// <summary>What containers do.</summary>
    public ProgramCatalog Programs { get; }

    internal ImageLibrary Library { get; }

    internal StageSet Stages { get; }

    internal SharedRecords Shared { get; } = new();

    /// <summary>Reads the data files; one runtime serves all nodes of a cluster.</summary>
    /// <param name="images">What the registries hold; that of <c>data/images</c> when null.</param>
    /// <exception cref="InvalidDataException">A data file is not of the expected shape.</exception>
    public static ContainerRuntime Load(IImageCatalog? images = null) =>
        new(images ?? DataImageCatalog.Load(), ProgramCatalog.Load(), StageSet.Load());
}
