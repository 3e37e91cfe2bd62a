using System.Text;

namespace KubeLab.Notebook.Server;

/// <summary>The kernel's picture in front ends that show one: a hexagon of a cluster with its letters.</summary>
internal static class KernelLogo
{
    public static ReadOnlyMemory<byte> Svg { get; } = Encoding.UTF8.GetBytes(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="C# in the lab">
          <path d="M32 3 57 17.5v29L32 61 7 46.5v-29z" fill="#326ce5"/>
          <text x="32" y="41" font-family="sans-serif" font-size="24" font-weight="bold" fill="#fff" text-anchor="middle">C#</text>
        </svg>
        """);
}
