using System.Globalization;

namespace KubeLab.Notebook.Kernel;

/// <summary>Says honestly when a session has grown so large that a fresh one would serve better.</summary>
internal sealed class MemoryWatch
{
    private const long FirstBytes = 1L << 30;
    private long next = FirstBytes;

    /// <summary>A warning when the managed memory has passed the next threshold (1 GiB, then twice as much each time), or null.</summary>
    /// <param name="cells">How many cells the next one is compiled against.</param>
    public string? Warning(int cells)
    {
        if (GC.GetTotalMemory(forceFullCollection: false) < next || GC.GetTotalMemory(forceFullCollection: true) is var bytes && bytes < next)
        {
            return null;
        }

        while (next <= bytes)
        {
            next *= 2;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"This session holds {bytes >> 20:N0} MiB: what your variables refer to, and the declarations of {cells} cells. Restart the kernel and run all cells to begin afresh.\n");
    }
}
