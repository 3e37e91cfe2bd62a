using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Scheduling.Cache;

/// <summary>Which images nodes have, and how many nodes have each.</summary>
internal sealed class ImageStates
{
    private readonly Dictionary<string, int> nodesWith = new(StringComparer.Ordinal);

    /// <summary>Grows when a node's images change.</summary>
    public long Version { get; private set; }

    public int NodesWith(string name) => nodesWith.GetValueOrDefault(name);

    public void Replace(ValueList<ContainerImage> old, ValueList<ContainerImage> now)
    {
        if (old == now)
        {
            return;
        }

        Version++;
        Count(old, -1);
        Count(now, 1);
    }

    public void Clear()
    {
        nodesWith.Clear();
        Version++;
    }

    private void Count(ValueList<ContainerImage> images, int change)
    {
        foreach (var image in images)
        {
            foreach (var name in image.Names)
            {
                nodesWith[name] = nodesWith.GetValueOrDefault(name) + change;
            }
        }
    }
}
