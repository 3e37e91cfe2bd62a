using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>A pod that is remembered.</summary>
internal sealed class PodState(PodGroup group)
{
    /// <summary>The pods that are like it.</summary>
    public PodGroup Group { get; set; } = group;

    /// <summary>The object that it was last read from.</summary>
    public Pod? Source { get; set; }

    /// <summary>The look at which it was last there.</summary>
    public long SeenAt { get; set; }

    /// <summary>Its containers by name; few, so that a list is as good as a map.</summary>
    public List<(string Name, ContainerState State)> Containers { get; } = [];

    /// <summary>The container called <paramref name="name"/>, or null.</summary>
    public ContainerState? Find(string name)
    {
        foreach (var (known, state) in Containers)
        {
            if (known == name)
            {
                return state;
            }
        }

        return null;
    }
}
