using System.Text.Json;
using KubeLab.Lessons;
using KubeLab.Notebook.Episodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;
using KubeLab.Testing;

namespace KubeLab.Episodes.Tests;

/// <summary>Every cell of every episode runs, solves its exercises, and tells the same story to the same seed.</summary>
public sealed class EpisodeTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(SourceTree.PathOf("episodes"), "*.md").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(n => char.IsAsciiDigit(n[0])).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_keeps_the_rules_of_the_course(string name)
    {
        var checks = ExerciseRegistry.All.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(EpisodeLint.Check(Read(name), checks, SourceTree.PathOf("episodes")).Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_notebook_is_the_one_that_the_text_gives(string name) =>
        Golden.Compare(SourceTree.PathOf("notebooks", $"{name}.ipynb"), NotebookFile.ToJson(NotebookBuilder.Build(Read(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task All_cells_of_the_learners_notebook_run_and_no_exercise_is_solved_yet(string name)
    {
        var run = await RunAsync(NotebookBuilder.Build(Read(name)));
        Assert.True(run.Failure is null, run.Failure?.ToString());
        Assert.DoesNotContain(Texts(run), t => t.StartsWith('✔'));
        Assert.True(Figures(run).Count >= 3, $"{name} shows {Figures(run).Count} figures; a lesson shows at least three");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_solutions_pass_the_checks(string name)
    {
        var run = await RunAsync(NotebookBuilder.Build(Read(name), new NotebookBuilderOptions { IncludeSolutions = true }));
        Assert.True(run.Failure is null, run.Failure?.ToString());
        var results = Texts(run).Where(t => t.StartsWith('✔') || t.StartsWith('✘')).ToList();
        foreach (var exercise in ExerciseRegistry.Of(name[..2]))
        {
            Assert.Contains(results, r => r.StartsWith($"✔ {exercise.Id} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_same_seed_tells_the_same_story_and_another_seed_another(string name)
    {
        var episode = Read(name);
        var first = await RunAsync(NotebookBuilder.Build(episode));
        var second = await RunAsync(NotebookBuilder.Build(episode));
        Assert.Equal(Outputs(first), Outputs(second));
        Assert.Equal(Figures(first), Figures(second));

        var other = await RunAsync(WithSeed(NotebookBuilder.Build(episode), 4711));
        Assert.NotEqual(Outputs(first), Outputs(other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_the_text_shows_as_output_is_what_the_cell_prints(string name)
    {
        var run = await RunAsync(NotebookBuilder.Build(Read(name)));
        foreach (var cell in run.Notebook.Cells.OfType<CodeCell>())
        {
            if (cell.Metadata.TryGetProperty("kubelab", out var lab) && lab.TryGetProperty("output", out var expected) && expected.ValueKind == JsonValueKind.String)
            {
                Assert.Equal(expected.GetString()!.TrimEnd(), string.Concat(TextsOf(cell)).TrimEnd());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_demo_runs_from_the_first_to_the_last_in_a_kernel_of_its_own(string name)
    {
        var episode = Read(name);
        var demo = DemoScript.Of(episode);
        Assert.True(demo is not null, $"{name} has no demo: write an instructor block that begins with '## Demo (5 min)'");
        Assert.All(demo.Steps, step => Assert.NotEmpty(step.Notes));

        var run = await RunAsync(NotebookBuilder.Build(episode with { Blocks = [.. demo.Steps.Select(step => step.Code).OfType<CodeFence>()] }));
        Assert.True(run.Failure is null, run.Failure?.ToString());
        Assert.All(run.Notebook.Cells.OfType<CodeCell>(), cell => Assert.NotEmpty(cell.Outputs));
    }

    private static Episode Read(string name) => EpisodeParser.ParseFile(SourceTree.PathOf("episodes", $"{name}.md"), $"{name}.md");

    private static Task<NotebookRun> RunAsync(NotebookDocument notebook) =>
        NotebookRunner.RunAsync(notebook, new RunOptions { Folder = SourceTree.PathOf("notebooks") });

    private static NotebookDocument WithSeed(NotebookDocument notebook, int seed) => notebook with
    {
        Cells = [.. notebook.Cells.Select(cell => cell is CodeCell code
            ? code with { Source = System.Text.RegularExpressions.Regex.Replace(code.Source, @"seed: \d+", $"seed: {seed}") }
            : cell)],
    };

    private static List<string> Texts(NotebookRun run) => [.. run.Notebook.Cells.OfType<CodeCell>().SelectMany(TextsOf)];

    private static IEnumerable<string> TextsOf(CodeCell cell) => cell.Outputs.Select(output => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => display.Data["text/plain"] ?? "",
        ResultOutput result => result.Data["text/plain"] ?? "",
        ErrorOutput error => error.Message,
        _ => "",
    });

    private static string Outputs(NotebookRun run) => string.Join('\n', Texts(run));

    private static List<string> Figures(NotebookRun run) =>
        [.. run.Notebook.Cells.OfType<CodeCell>().SelectMany(c => c.Outputs).Select(output => output switch
        {
            DisplayOutput display => display.Data["application/vnd.plotly.v1+json"],
            ResultOutput result => result.Data["application/vnd.plotly.v1+json"],
            _ => null,
        }).OfType<string>()];
}
