using System.Runtime.CompilerServices;

namespace KubeLab.Testing;

/// <summary>Where the repository is, for tests that read its files.</summary>
public static class SourceTree
{
    /// <summary>The folder that holds <c>Lab.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Lab.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"no Lab.sln above {here}: tests run from a checkout");
    }
}
