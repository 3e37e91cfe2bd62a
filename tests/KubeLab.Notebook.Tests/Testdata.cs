using System.Runtime.CompilerServices;
using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Tests;

internal static class Testdata
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "testdata");

    public static Episode Bakery() => EpisodeParser.ParseFile(Path.Combine(Folder, "07-small-bakery.md"), "episodes/07-small-bakery.md");

    public static Episode OlderForm() => EpisodeParser.ParseFile(Path.Combine(Folder, "02-older-form.md"), "episodes/02-older-form.md");

    /// <summary>Compares with the kept file; with LAB_REWRITE=1 it writes the file instead.</summary>
    public static void AssertGolden(string name, string actual)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("LAB_REWRITE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
