using KubeLab.Api;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes;

/// <summary>What comes to a running container from outside of the simulation: what somebody types, or a command beside its program changes.</summary>
/// <remarks>It is all that a container depends on beyond its image, its pod and chance; who keeps it can make the container again.</remarks>
public sealed class OutsideInput
{
    internal OutsideInput(ObjectKey pod, string container, IReadOnlyList<FileEdit>? edits, string? input) =>
        (Pod, Container, Edits, Input) = (pod, container, edits, input);

    /// <summary>The pod.</summary>
    public ObjectKey Pod { get; }

    /// <summary>The container.</summary>
    public string Container { get; }

    /// <summary>What changed in its files, or null.</summary>
    internal IReadOnlyList<FileEdit>? Edits { get; }

    /// <summary>What was typed; null without edits is the end of its input.</summary>
    internal string? Input { get; }
}
