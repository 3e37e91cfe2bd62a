using System.Reflection;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Tests.Running;

public sealed class NotebookRunnerTests
{
    /// <summary>Raised by cells, which must reach this very copy of the class.</summary>
    public static int SharedCounter { get; set; }

    [Fact]
    public async Task State_lives_from_cell_to_cell_and_the_last_expression_is_shown()
    {
        var run = await Run("var x = 20;", "int Twice(int n) => 2 * n;", "Twice(x) + 2");

        Assert.Null(run.Failure);
        Assert.Equal("42", ResultText(run, 2));
        Assert.Empty(Code(run, 0).Outputs);
    }

    [Fact]
    public async Task A_statement_and_null_show_nothing()
    {
        var run = await Run("var x = 1; x = 2;", "(string)null");

        Assert.All(run.Notebook.Cells.OfType<CodeCell>(), cell => Assert.Empty(cell.Outputs));
    }

    [Fact]
    public async Task Console_text_is_captured_in_order_between_displayed_values()
    {
        var run = await Run("""
            Console.Write("a");
            Console.WriteLine("b");
            display(1);
            2.Display();
            Console.Error.WriteLine("e");
            Display("three");
            await Task.Run(() => Console.WriteLine("from another thread"));
            4
            """);

        Assert.Null(run.Failure);
        Assert.Equal(
            ["stdout:ab\n", "display:1", "display:2", "stderr:e\n", "display:three", "stdout:from another thread\n", "result:4"],
            Code(run, 0).Outputs.Select(Describe));
    }

    [Fact]
    public async Task A_compile_error_names_cell_line_and_marks_the_source()
    {
        var run = await Run("1", "var a = 1;\nvar b = nothere + a;\nb");

        Assert.Equal(2, run.Failure!.CellNumber);
        Assert.Equal(2, run.Failure.Error.Line);
        Assert.Equal("CS0103", run.Failure.Error.Name);
        Assert.Contains("Cell 2, line 2: CS0103: The name 'nothere' does not exist in the current context", run.Failure.Error.Traceback);
        Assert.Contains(" > 2 | var b = nothere + a;", run.Failure.Error.Traceback);
        Assert.Contains("     |         ^^^^^^^", run.Failure.Error.Traceback);
    }

    [Fact]
    public async Task An_exception_names_the_line_that_threw_and_no_frames_of_the_framework()
    {
        var run = await Run(
            "int Broken(int n)\n{\n    return int.Parse(\"no number\") + n;\n}",
            "var a = 1;\n\nBroken(a)",
            "\"never run\"");

        var error = run.Failure!.Error;
        Assert.Equal("System.FormatException", error.Name);
        Assert.Equal(3, error.Line);
        Assert.StartsWith("Cell 1, line 3: FormatException:", error.Traceback[0], StringComparison.Ordinal);
        Assert.Contains(" > 3 |     return int.Parse(\"no number\") + n;", error.Traceback);
        Assert.Contains("   called from cell 2, line 3", error.Traceback);
        Assert.DoesNotContain(error.Traceback, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Empty(Code(run, 2).Outputs);
        Assert.Null(Code(run, 2).ExecutionCount);
    }

    [Fact]
    public async Task An_endless_loop_ends_at_the_time_limit()
    {
        var run = await Run(TimeSpan.FromMilliseconds(300), "1", "Console.WriteLine(\"started\"); while (true) { }");

        Assert.Equal(2, run.Failure!.CellNumber);
        Assert.Equal("TimeLimit", run.Failure.Error.Name);
        Assert.Equal("stdout:started\n", Describe(Code(run, 1).Outputs[0]));
        Assert.Contains("longer than its time limit of 0.3 s", run.Failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_run()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            NotebookRunner.RunAsync(Notebook("while (true) { }"), new RunOptions { Folder = Testdata.Folder }, null, cancel.Token));
    }

    [Fact]
    public async Task A_reference_to_an_assembly_of_the_host_binds_to_the_loaded_copy()
    {
        var folder = Directory.CreateTempSubdirectory("kubelab-test-").FullName;
        var own = typeof(NotebookRunnerTests).Assembly.Location;
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        File.Copy(own, Path.Combine(folder, "lib", Path.GetFileName(own)));
        SharedCounter = 41;

        var run = await NotebookRunner.RunAsync(
            Notebook(
                $"#r \"../lib/{Path.GetFileName(own)}\"\nusing KubeLab.Notebook.Tests.Running;\nNotebookRunnerTests.SharedCounter++;",
                "NotebookRunnerTests.SharedCounter"),
            new RunOptions { Folder = Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName });

        Assert.Null(run.Failure);
        Assert.Equal("42", ResultText(run, 1));
        Assert.Equal(42, SharedCounter);
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), a => a.GetName().Name == Assembly.GetExecutingAssembly().GetName().Name);
    }

    [Fact]
    public async Task A_missing_reference_says_what_to_do()
    {
        var run = await Run("#r \"../artifacts/none/Missing.dll\"\n1");

        Assert.Equal("CS0006", run.Failure!.Error.Name);
        Assert.Contains("build it first", run.Failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_reference_is_refused_with_the_line_and_the_way_out()
    {
        var run = await Run("// charts\n#r \"nuget: Plotly.NET\"\n1");

        Assert.Equal(2, run.Failure!.Error.Line);
        Assert.Contains("Polyglot Notebooks", run.Failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_tells_each_cell_before_and_after()
    {
        var seen = new List<string>();

        await NotebookRunner.RunAsync(
            Notebook("1", "2"), new RunOptions { Folder = Testdata.Folder }, p =>
                seen.Add($"{p.Number}/{p.Count} {(p.IsDone ? "done" : "starts")}"));

        Assert.Equal(["1/2 starts", "1/2 done", "2/2 starts", "2/2 done"], seen);
    }

    private static Task<NotebookRun> Run(params string[] cells) => Run(TimeSpan.FromSeconds(60), cells);

    private static Task<NotebookRun> Run(TimeSpan limit, params string[] cells) =>
        NotebookRunner.RunAsync(Notebook(cells), new RunOptions { Folder = Testdata.Folder, TimeLimit = limit });

    private static NotebookDocument Notebook(params string[] cells) =>
        new() { Cells = [.. cells.Select((source, i) => new CodeCell { Id = $"c{i}", Source = source })] };

    private static CodeCell Code(NotebookRun run, int index) => (CodeCell)run.Notebook.Cells[index];

    private static string? ResultText(NotebookRun run, int index) =>
        Code(run, index).Outputs.OfType<ResultOutput>().Single().Data[MimeTypes.Text];

    private static string Describe(CellOutput output) => output switch
    {
        StreamOutput stream => $"{stream.Name}:{stream.Text}",
        DisplayOutput display => $"display:{display.Data[MimeTypes.Text]}",
        ResultOutput result => $"result:{result.Data[MimeTypes.Text]}",
        _ => output.ToString(),
    };
}
