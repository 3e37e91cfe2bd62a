using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;
using KubeLab.Testing;

namespace KubeLab.Episodes.Tests;

/// <summary>What comes out of each prediction is what the text explains afterwards.</summary>
public sealed class PredictionTests
{
    [Theory]
    [InlineData("06-scheduling", "P06.1: 9", "P06.3: 14", "P06.4: 3", "P06.5: 2", "P06.6: no")]
    [InlineData("11-namespaces-and-quota", "P11.1: 0", "P11.2: 0", "P11.3: merge", "P11.4: 4", "P11.5: Released")]
    public async Task What_happens_is_what_the_text_explains(string name, params string[] expected)
    {
        var notebook = NotebookBuilder.Build(EpisodeParser.ParseFile(SourceTree.PathOf("episodes", $"{name}.md"), $"{name}.md"));
        var run = await NotebookRunner.RunAsync(notebook, new RunOptions { Folder = SourceTree.PathOf("notebooks") });
        var happened = run.Notebook.Cells.OfType<CodeCell>().SelectMany(c => c.Outputs).OfType<ResultOutput>().Select(o => o.Data["text/plain"] ?? "")
            .Where(t => t.Contains("what happened", StringComparison.Ordinal)).Select(t => $"{t.Split(':')[0]}: {t.Split("what happened: \"")[1].Split('"')[0]}");
        Assert.Equal(expected, happened);
    }
}
