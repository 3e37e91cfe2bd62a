using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Tests.Episodes;

public sealed class DemoScriptTests
{
    private const string ToldOnly = "7: a demo is played, not only told: begin its block with '## Demo (5 min)', and each step with a heading such as '### One master'";

    [Fact]
    public void Each_heading_begins_a_step_with_its_words_and_its_code()
    {
        var demo = DemoScript.Of(Episode("""
            ## Demo (5 min)

            Two windows.

            ### One oven

            "Who bakes?"

            ```csharp
            var a = 1;
            ```

            Wait.

            ### Who wants two?

            Nobody.

            ### Look

            ```kubectl
            kubectl get pods
            ```
            """))!;

        Assert.Equal(5, demo.Minutes);
        Assert.Equal(["One oven", "Who wants two?", "Look"], demo.Steps.Select(s => s.Title));
        Assert.Equal("Two windows.\n\n\"Who bakes?\"\n\nWait.", demo.Steps[0].Notes);
        Assert.Equal("var a = 1;", demo.Steps[0].Code!.Code);
        Assert.Equal(("Nobody.", null), (demo.Steps[1].Notes, demo.Steps[1].Code));
        Assert.Equal(("", "kubectl"), (demo.Steps[2].Notes, demo.Steps[2].Code!.Language));
    }

    [Fact]
    public void What_is_not_run_is_read_by_the_instructor()
    {
        var step = Assert.Single(DemoScript.Of(Episode("""
            ## Demo (3 min)

            ### Ask

            ```kubectl
            kubectl get pods
            ```

            ```output
            No resources found
            ```
            """))!.Steps);

        Assert.Equal("```text\nNo resources found\n```", step.Notes);
        Assert.Equal("kubectl get pods", step.Code!.Code);
    }

    [Theory]
    [InlineData("Let the room guess.")]
    [InlineData("Demo, five minutes. Start with one master.")]
    [InlineData("## Demonstration\n\n### One")]
    [InlineData("## Demo (5 min)\n\nNo step.")]
    public void Notes_without_steps_are_no_demo(string notes) => Assert.Null(DemoScript.Of(Episode(notes)));

    [Fact]
    public void A_demo_that_forgets_its_minutes_can_be_played() => Assert.Null(DemoScript.Of(Episode("## Demo\n\n### One\n\nText."))!.Minutes);

    [Fact]
    public void A_heading_inside_code_begins_no_step() =>
        Assert.Single(DemoScript.Of(Episode("## Demo (5 min)\n\n### One\n\n```csharp\n### Two\n```"))!.Steps);

    [Theory]
    [InlineData("## Demo\n\n### One\n\n```csharp\n1\n```", "7: a demo says how long it takes: '## Demo (5 min)'")]
    [InlineData("## Demo (five min)\n\n### One\n\n```csharp\n1\n```", "7: a demo says how long it takes: '## Demo (5 min)'")]
    [InlineData("Demo, five minutes: told, not played.", ToldOnly)]
    [InlineData("**Demo**: start with one master.\n\n```csharp\n1\n```", ToldOnly)]
    [InlineData("### Demo (5 min)\n\n#### One", ToldOnly)]
    [InlineData("## Demo (5 min)\n\nText.", "5: a demo has steps: a heading such as '### One master' for each")]
    [InlineData("## Demo (5 min)\n\n### One\n\nText.", "5: no step of this demo runs anything: put a csharp or kubectl fence below a step's heading")]
    [InlineData("## Demo (5 min)\n\n```csharp\n1\n```\n\n### One\n\n```csharp\n1\n```", "9: what a demo runs belongs to a step: put a heading such as '### One master' above it")]
    [InlineData("## Demo (5 min)\n\n### One\n\n```csharp\n1\n```\n\n```kubectl\nget pods\n```",
        "15: a step of a demo runs one fence: begin another step with a heading '### …', or put both into one")]
    [InlineData("## Demo (5 min)\n\n### One\n\n```csharp\n1\n```\n\n:::\n\n::: instructor\n\n## Demo (5 min)\n\n### One\n\n```csharp\n1\n```",
        "17: an episode has one demo, and line 5 begins one already")]
    public void The_lint_says_what_to_write_instead(string notes, string expected) =>
        Assert.Equal([expected], Lint(notes));

    [Theory]
    [InlineData("## Demo (5 min)\n\n### One\n\n```csharp\n1\n```\n\n```output\n1\n```\n\n### Two\n\n```kubectl\nget pods\n```")]
    [InlineData("Let the room guess before the demo.")]
    [InlineData("Demonstrators need a second screen.")]
    public void The_lint_leaves_good_notes_alone(string notes) => Assert.Empty(Lint(notes));

    private static IEnumerable<string> Lint(string notes) =>
        EpisodeLint.Check(Episode(notes)).Where(p => p.Message.Contains("demo", StringComparison.Ordinal)).Select(p => $"{p.Line}: {p.Message}");

    private static Episode Episode(string notes) => EpisodeParser.Parse("episodes/07-x.md", $"---\ntitle: X\n---\n\n::: instructor\n\n{notes}\n\n:::\n");
}
