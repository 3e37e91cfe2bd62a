using System.Text.Json;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Tests.Cli;

/// <summary><c>lab check</c> as an instructor meets it: learners' notebooks in, what is solved out.</summary>
public sealed class CheckCommandTests
{
    private const string Opened =
        """
        #r "KubeLab.dll"
        using KubeLab;
        var cluster = Lab.Open(seed: 5);
        var lesson = cluster.Lesson("05");
        """;

    private readonly string root = Directory.CreateTempSubdirectory("kubelab-test-").FullName;

    [Fact]
    public void An_exercise_is_solved_when_one_of_its_checks_passed_also_after_a_cell_that_failed()
    {
        Write("anna.ipynb", Opened, "lesson.Predict(\"P05.1\", \"web\")", "cluster.Nonsense();", "lesson.Check(\"E05.4\", 310)", "lesson.Check(\"E05.4\", 5)", "lesson.Check(\"E05.3\", \"?\", \"?\", \"?\")");

        var (exit, output, _) = LabProcess.Run(root, "check", "anna.ipynb");

        Assert.Equal(1, exit);
        Assert.Contains("anna.ipynb: 1 of 4 exercises solved, 1 predictions made", output, StringComparison.Ordinal);
        Assert.Contains("! cell 3, line 1: 'Cluster' does not contain a definition for 'Nonsense'", output, StringComparison.Ordinal);
        Assert.Contains("✔ E05.4  solved: ", output, StringComparison.Ordinal);
        Assert.Contains("✘ E05.3  not yet: ", output, StringComparison.Ordinal);
        Assert.Contains("– E05.1  not tried: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_who_ends_the_process_costs_nobody_else_the_grade()
    {
        Write("anna.ipynb", Opened, "Environment.Exit(3);");
        Write("ben.ipynb", Opened, "lesson.Check(\"E05.4\", 310)");
        File.WriteAllText(Path.Combine(root, "carla.ipynb"), "{");

        var (exit, output, _) = LabProcess.Run(root, "check", "--json", "anna.ipynb", "ben.ipynb", "carla.ipynb");

        Assert.Equal(1, exit);
        var grades = JsonSerializer.Deserialize<JsonElement>(output).EnumerateArray().ToList();
        Assert.Equal("a cell ended the process (exit code 3), so nothing could be graded", grades[0].GetProperty("failure").GetString());
        Assert.Equal(1, grades[1].GetProperty("solved").GetInt32());
        Assert.Contains("is not valid JSON", grades[2].GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_with_sugar_are_run_as_in_the_page()
    {
        Write("dora.ipynb", Opened, "%%kubectl\nget namespaces", "lesson.Check(\"E05.4\", 310)");

        var (_, output, _) = LabProcess.Run(root, "check", "dora.ipynb");

        Assert.DoesNotContain("! cell", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_lesson_or_no_notebook_is_said()
    {
        Write("shopping.ipynb", "1 + 1");
        File.WriteAllText(Path.Combine(root, "notes.txt"), "");

        Assert.Contains("no variable holds a lesson", LabProcess.Run(root, "check", "shopping.ipynb").Output, StringComparison.Ordinal);
        var (exit, _, errors) = LabProcess.Run(root, "check", "notes.txt");
        Assert.Equal((2, "notes.txt is no notebook: lab check takes .ipynb files"), (exit, errors.Trim()));
    }

    private void Write(string name, params IReadOnlyList<string> cells)
    {
        var notebook = new { nbformat = 4, nbformat_minor = 5, metadata = new { }, cells = cells.Select((cell, i) => new { cell_type = "code", id = $"cell{i}", metadata = new { }, execution_count = (int?)null, outputs = Array.Empty<object>(), source = cell }) };
        NotebookFile.Write(NotebookFile.Parse(JsonSerializer.Serialize(notebook)), Path.Combine(root, name));
    }
}
