namespace KubeLab.Notebook.Tests.Cli;

/// <summary>The <c>lab</c> command as a user meets it: a process, its exit code and what it prints.</summary>
public sealed class LabCommandTests
{
    private readonly string root = Directory.CreateTempSubdirectory("kubelab-test-").FullName;

    public LabCommandTests()
    {
        File.WriteAllText(Path.Combine(root, "Lab.sln"), "");
        Directory.CreateDirectory(Path.Combine(root, "episodes"));
        File.Copy(Path.Combine(Testdata.Folder, "07-small-bakery.md"), Episode("07-small-bakery.md"));
    }

    [Fact]
    public void A_run_writes_report_and_notebook_and_says_where()
    {
        var (exit, output, _) = Lab("run", "7", "--html", "out/bakery.html", "--out", "out/bakery.ipynb", "--solutions");

        Assert.Equal(0, exit);
        Assert.Contains("report: out/bakery.html", output.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("<h1", File.ReadAllText(Path.Combine(root, "out", "bakery.html")), StringComparison.Ordinal);
        Assert.Contains("execute_result", File.ReadAllText(Path.Combine(root, "out", "bakery.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_names_no_place_writes_into_the_folder_of_reports()
    {
        var (exit, output, _) = Lab("run", "07");

        Assert.Equal(0, exit);
        Assert.Contains("07-small-bakery: 6 cells in", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(root, "artifacts", "reports", "07.html")));
    }

    [Fact]
    public void A_broken_cell_ends_with_1_and_names_cell_line_and_message()
    {
        var text = File.ReadAllText(Episode("07-small-bakery.md"));
        File.WriteAllText(
            Episode("07-small-bakery.md"), text.Replace("ovens.Sum(", "var more = 1;\novens[9].Bake(", StringComparison.Ordinal));

        var (exit, output, errors) = Lab("run", "07");

        Assert.Equal(1, exit);
        Assert.StartsWith("07-small-bakery failed in cell 3, line 2: 'Oven' does not contain a definition for 'Bake'", errors, StringComparison.Ordinal);
        Assert.Contains(" > 2 | ovens[9].Bake(", errors, StringComparison.Ordinal);
        Assert.Contains("report: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_older_than_a_date_are_listed_with_their_source_and_end_with_1()
    {
        var (exit, output, errors) = Lab("prices", "--older-than", "2026-01", "--provider", "gcp");

        Assert.Equal(1, exit);
        Assert.Matches(@"gcp\.json +egress to the internet +0\.12 +USD per GiB +2024-10-01 +project +CMS Open Data tutorial", output);
        Assert.DoesNotContain("e2-standard-4 in europe-west4", output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+ of \d+ figures are older than 2026-01-01, \d+ of them of unknown date", errors);

        var (none, nothing, _) = Lab("prices", "--older-than", "2024", "--provider", "infomaniak");
        Assert.Equal((0, ""), (none, nothing));
    }

    [Fact]
    public void All_prices_are_listed_and_wishes_that_make_no_sense_end_with_2()
    {
        var (exit, output, errors) = Lab("prices");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Matches(@"gcp\.json +e2-standard-4 in europe-west4 +0\.14754408 +USD per hour +2026-08-20 +catalog +Cloud Billing Catalog", output);
        Assert.Contains("exchange.json", output, StringComparison.Ordinal);

        Assert.Equal((2, "There are no prices of 'ibm'. Providers: aws, azure, gcp, infomaniak"), Refused("prices", "--provider", "ibm"));
        Assert.Equal((2, "--older-than takes a day (2026-08-20), a month (2026-08) or a year (2026), not 'May'"), Refused("prices", "--older-than", "May"));

        (int, string) Refused(params string[] words)
        {
            var (code, _, problem) = Lab(words);
            return (code, problem.Trim());
        }
    }

    [Fact]
    public void An_unknown_lesson_lists_those_that_exist()
    {
        var (exit, _, errors) = Lab("run", "99");

        Assert.Equal(2, exit);
        Assert.Equal("There is no lesson '99'. Lessons: 07-small-bakery", errors.Trim());
    }

    [Fact]
    public void A_lesson_without_a_demo_lists_those_that_have_one()
    {
        Assert.Equal((2, "Lesson 07-small-bakery has no demo. No lesson has one yet."), Demo("7"));

        File.WriteAllText(Episode("08-large-bakery.md"), "---\ntitle: X\n---\n\n::: instructor\n\n## Demo (5 min)\n\n### One\n\n```csharp\n1\n```\n\n:::\n");
        Assert.Equal((2, "Lesson 07-small-bakery has no demo. Lessons with one: 08-large-bakery"), Demo("07"));
        Assert.Equal((2, "There is no lesson '99'. Lessons: 07-small-bakery, 08-large-bakery"), Demo("99"));

        (int, string) Demo(string name)
        {
            var (exit, _, errors) = Lab("demo", name, "--no-open");
            return (exit, errors.Trim());
        }
    }

    [Fact]
    public void A_notebook_is_verified_against_its_episode()
    {
        Assert.Equal(1, Lab("notebooks", "verify").Exit);
        Assert.Equal(0, Lab("notebooks", "build").Exit);
        Assert.Equal(0, Lab("notebooks", "verify").Exit);

        var text = File.ReadAllText(Episode("07-small-bakery.md"));
        File.WriteAllText(Episode("07-small-bakery.md"), text.Replace("A bakery has ovens.", "A bakery has two ovens.", StringComparison.Ordinal));
        var (exit, _, errors) = Lab("notebooks", "verify");

        Assert.Equal(1, exit);
        Assert.Contains("notebooks/07-small-bakery.ipynb: cell 2 differs: the episode says 'A bakery has two ovens.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_names_file_and_line()
    {
        var (exit, _, errors) = Lab("episodes", "lint");

        Assert.Equal(1, exit);
        Assert.Contains("episodes/07-small-bakery.md:23: the image fig/ovens.svg does not exist", errors.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("no check E07.9 is registered", errors, StringComparison.Ordinal);
    }

    private string Episode(string name) => Path.Combine(root, "episodes", name);

    private (int Exit, string Output, string Errors) Lab(params string[] arguments) => LabProcess.Run(root, arguments);
}
