using KubeLab.Notebook.Episodes;
using KubeLab.Testing;

namespace KubeLab.Notebook.Tests;

internal static class Testdata
{
    public static string Folder { get; } = SourceTree.PathOf("tests", "KubeLab.Notebook.Tests", "testdata");

    public static Episode Bakery() => EpisodeParser.ParseFile(Path.Combine(Folder, "07-small-bakery.md"), "episodes/07-small-bakery.md");

    public static Episode OlderForm() => EpisodeParser.ParseFile(Path.Combine(Folder, "02-older-form.md"), "episodes/02-older-form.md");

    /// <summary>Compares with the kept file; with LAB_REWRITE=1 it writes the file instead.</summary>
    public static void AssertGolden(string name, string actual) => Golden.Compare(Path.Combine(Folder, name), actual);
}
