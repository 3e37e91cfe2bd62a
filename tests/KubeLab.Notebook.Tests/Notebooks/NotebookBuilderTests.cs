using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Tests.Notebooks;

public sealed class NotebookBuilderTests
{
    [Fact]
    public void The_notebook_of_the_bakery_is_as_kept() =>
        Testdata.AssertGolden("07-small-bakery.ipynb", NotebookFile.ToJson(NotebookBuilder.Build(Testdata.Bakery())));

    [Fact]
    public void The_notebook_of_the_older_form_is_as_kept() =>
        Testdata.AssertGolden("02-older-form.ipynb", NotebookFile.ToJson(NotebookBuilder.Build(Testdata.OlderForm())));

    [Fact]
    public void The_same_episode_gives_the_same_bytes_and_reading_loses_nothing()
    {
        var json = NotebookFile.ToJson(NotebookBuilder.Build(Testdata.Bakery()));

        Assert.Equal(json, NotebookFile.ToJson(NotebookBuilder.Build(Testdata.Bakery())));
        Assert.Equal(json, NotebookFile.ToJson(NotebookFile.Parse(json)));
    }

    [Fact]
    public async Task An_executed_notebook_has_all_keys_that_nbformat_requires_and_survives_reading()
    {
        var run = await NotebookRunner.RunAsync(
            NotebookBuilder.Build(Testdata.Bakery(), new NotebookBuilderOptions { IncludeSolutions = true }),
                new RunOptions { Folder = Testdata.Folder });

        Assert.Null(run.Failure);
        var json = NotebookFile.ToJson(run.Notebook);
        AssertValid(json);
        Assert.Equal(json, NotebookFile.ToJson(NotebookFile.Parse(json)));
    }

    [Fact]
    public async Task A_cell_knows_what_the_episode_says_it_prints_and_what_it_belongs_to()
    {
        var run = await NotebookRunner.RunAsync(NotebookBuilder.Build(Testdata.Bakery()), new RunOptions { Folder = Testdata.Folder });
        var cells = run.Notebook.Cells.OfType<CodeCell>().ToList();

        var expecting = Assert.Single(cells, cell => cell.ExpectedOutput is not null);
        Assert.Equal(expecting.ExpectedOutput, expecting.OutputText);
        Assert.Equal("P07.1", Assert.Single(cells, cell => cell.PredictionId is not null).PredictionId);
        Assert.All(cells.Where(cell => cell.Tags.Contains("exercise")), cell => Assert.Equal("E07.9", cell.CheckId));
    }

    [Fact]
    public void The_metadata_is_what_every_front_end_opens()
    {
        using var json = JsonDocument.Parse(NotebookFile.ToJson(NotebookBuilder.Build(Testdata.Bakery())));
        var metadata = json.RootElement.GetProperty("metadata");

        Assert.Equal(".net-csharp", metadata.GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal("polyglot-notebook", metadata.GetProperty("language_info").GetProperty("name").GetString());
        Assert.Equal("csharp",
            metadata.GetProperty("polyglot_notebook").GetProperty("kernelInfo").GetProperty("defaultKernelName").GetString());
        var code = json.RootElement.GetProperty("cells").EnumerateArray()
            .First(cell => cell.GetProperty("cell_type").GetString() == "code");
        Assert.Equal("csharp", code.GetProperty("metadata").GetProperty("dotnet_interactive").GetProperty("language").GetString());
        Assert.Equal("csharp", code.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString());
    }

    [Fact]
    public void What_the_instructor_says_is_kept_out_of_the_cells()
    {
        var notebook = NotebookBuilder.Build(Testdata.Bakery());

        Assert.DoesNotContain(notebook.Cells, cell => cell.Source.Contains("Let the room guess", StringComparison.Ordinal));
        Assert.Contains("Let the room guess", notebook.Metadata.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_instructor_runs_is_no_cell_and_is_kept_with_the_words()
    {
        var notebook = NotebookBuilder.Build(EpisodeParser.Parse(
            "episodes/07-x.md", "---\ntitle: X\n---\n\n::: instructor\n\n## Demo (5 min)\n\n### One\n\n```csharp\nvar secret = 1;\n```\n\n:::\n"));

        Assert.DoesNotContain(notebook.Cells, cell => cell.Source.Contains("secret", StringComparison.Ordinal));
        Assert.EndsWith("```csharp\nvar secret = 1;\n```", notebook.Metadata.GetProperty("kubelab").GetProperty("instructor")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Solutions_are_folded_for_learners_and_run_before_the_check_on_request()
    {
        const string Solution = "ovens[1] = ovens[1] with { LoavesPerHour = 80 };";
        var learner = NotebookBuilder.Build(Testdata.Bakery());
        var solved = NotebookBuilder.Build(Testdata.Bakery(), new NotebookBuilderOptions { IncludeSolutions = true });

        Assert.DoesNotContain(learner.Cells, cell => cell is CodeCell && cell.Source == Solution);
        Assert.Contains(learner.Cells, cell =>
            cell is MarkdownCell && cell.Source.Contains("<details>", StringComparison.Ordinal)
                && cell.Source.Contains(Solution, StringComparison.Ordinal));
        var sources = solved.Cells.Select(cell => cell.Source).ToList();
        Assert.Equal(sources.IndexOf(Solution) + 1, sources.FindIndex(source => source.Contains("{\"E07.9\"}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Kubectl_lines_become_calls_and_the_last_one_is_the_value()
    {
        var source = KubectlCells.ToCSharp("""
            # look around
            kubectl get nodes
            $ kubectl get pods \
              -o wide
            get pod web -o jsonpath='{.spec["nodeName"]}'
            """);

        Assert.Equal(
            """
            // look around
            display(cluster.Kubectl("get nodes"));
            display(cluster.Kubectl("get pods -o wide"));
            cluster.Kubectl(@"get pod web -o jsonpath='{.spec[""nodeName""]}'")
            """,
            source);
    }

    private static void AssertValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.Equal(4, root.GetProperty("nbformat").GetInt32());
        Assert.Equal(5, root.GetProperty("nbformat_minor").GetInt32());
        Assert.Equal(JsonValueKind.Object, root.GetProperty("metadata").ValueKind);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in root.GetProperty("cells").EnumerateArray())
        {
            var id = cell.GetProperty("id").GetString()!;
            Assert.Matches(new Regex("^[a-zA-Z0-9_-]{1,64}$"), id);
            Assert.True(ids.Add(id), $"the id {id} is used twice");
            Assert.Equal(JsonValueKind.Object, cell.GetProperty("metadata").ValueKind);
            Assert.Equal(JsonValueKind.Array, cell.GetProperty("source").ValueKind);
            if (cell.GetProperty("cell_type").GetString() != "code")
            {
                Assert.False(cell.TryGetProperty("outputs", out _));
                continue;
            }

            Assert.True(cell.TryGetProperty("execution_count", out _));
            foreach (var output in cell.GetProperty("outputs").EnumerateArray())
            {
                string[] required = output.GetProperty("output_type").GetString() switch
                {
                    "stream" => ["name", "text"],
                    "display_data" => ["data", "metadata"],
                    "execute_result" => ["data", "metadata", "execution_count"],
                    _ => ["ename", "evalue", "traceback"],
                };
                Assert.All(required, key => Assert.True(output.TryGetProperty(key, out _), $"{key} is missing"));
            }
        }
    }
}
