using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Tests.Episodes;

public sealed class EpisodeLintTests
{
    private const string Good = """
        ---
        title: "Good"
        teaching: 10
        exercises: 20
        ---

        ::: questions

        - Why?

        :::

        ::: objectives

        - Know.

        :::

        ## First

        ::: challenge

        ## Do it

        <!-- check: E03.1 -->

        ::: solution

        Done.

        :::
        :::

        ::: keypoints

        - It works.

        :::
        """;

    [Fact]
    public void The_bakery_is_in_order() => Assert.Empty(EpisodeLint.Check(Testdata.Bakery()));

    [Fact]
    public void The_older_form_is_in_order() => Assert.Empty(EpisodeLint.Check(Testdata.OlderForm()));

    [Fact]
    public void The_sample_of_these_tests_is_in_order() => Assert.Empty(Lint(Good));

    [Theory]
    [InlineData("title: \"Good\"", "titel: \"Good\"", "1: the front matter has no title")]
    [InlineData("teaching: 10", "teaching: ten", "1: the front matter needs 'teaching:'")]
    [InlineData("exercises: 20\n", "", "1: the front matter needs 'exercises:'")]
    [InlineData("- Why?", "Why?", "7: the questions are empty")]
    [InlineData("::: questions", "::: callout", "1: an episode has exactly one '::: questions' block, here are 0")]
    [InlineData("::: solution", "::: spoiler", "21: a challenge has exactly one '::: solution' inside it, this one has 0")]
    [InlineData("<!-- check: E03.1 -->", "", "21: the challenge names no check")]
    [InlineData("E03.1", "E04.1", "25: 'E04.1' is no check of this episode")]
    [InlineData("## First", "# First", "19: headings start at level 2 here")]
    [InlineData("## First", "## First\n\n#### Deep", "21: this heading skips a level")]
    [InlineData("## First", "![plan](fig/x.svg)", "19: the image fig/x.svg has no alternative text")]
    [InlineData("## First", "<img src='x.svg'>", "19: this <img> has no alternative text")]
    [InlineData("## First", "::: surprise\n:::", "19: 'surprise' is no block the Workbench knows")]
    [InlineData("## First", "::: hint\n:::", "19: '::: hint' belongs inside a '::: challenge'")]
    [InlineData("## First", "::: callout {.prediction}\n:::", "19: a prediction has an id of this episode, such as '#P03.1'")]
    [InlineData("## First", "::: caution {.prediction #P03.1}\n:::", "19: write a prediction as '::: callout {.prediction #P05.1}'")]
    [InlineData("## First", "::: group-tab\n\n### Simulator\n\n:::",
        "19: tabs are named by headings of level 3, and there are at least two")]
    public void Each_rule_says_what_to_write_instead(string good, string bad, string expected)
    {
        var messages = Lint(Good.Replace(good, bad, StringComparison.Ordinal)).Select(problem => $"{problem.Line}: {problem.Message}");

        Assert.Contains(messages, message => message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Key_points_come_last_and_questions_first()
    {
        var messages = Lint(Good.Replace("::: questions", "Text first.\n\n::: questions", StringComparison.Ordinal) + "\n\nText after.\n")
            .Select(p => p.Message);

        Assert.Contains("'::: questions' comes first, before any text", messages);
        Assert.Contains("'::: keypoints' comes last", messages);
    }

    [Fact]
    public void A_check_that_is_not_registered_is_named_with_those_that_are()
    {
        var problem = Assert.Single(EpisodeLint.Check(Parse(Good), new HashSet<string> { "E03.2", "E04.1" }));

        Assert.Equal("episodes/03-good.md:25: no check E03.1 is registered; registered for this episode: E03.2", problem.ToString());
    }

    [Fact]
    public void A_file_name_without_number_is_named() =>
        Assert.Contains(EpisodeLint.Check(EpisodeParser.Parse("episodes/Good.md", Good)), p =>
            p.Message.StartsWith("name the file NN-slug.md", StringComparison.Ordinal));

    [Fact]
    public void A_day_of_more_than_six_hours_is_named_where_it_grows_too_long()
    {
        Episode Lesson(string number, int minutes, bool startsDay = false) =>
            new() { File = $"episodes/{number}-x.md", TeachingMinutes = minutes, ExerciseMinutes = 0, StartsDay = startsDay };

        Assert.Empty(EpisodeLint.CheckCourse([Lesson("01", 200), Lesson("02", 160), Lesson("03", 360, startsDay: true)]));
        var problem = Assert.Single(EpisodeLint.CheckCourse([Lesson("01", 200), Lesson("02", 161), Lesson("03", 10)]));
        Assert.Equal("episodes/02-x.md", problem.File);
    }

    [Fact]
    public void Targets_and_cells_for_one_target_only_are_checked()
    {
        var both = Good.Replace("exercises: ", "targets: [simulated, kubeconfig]\nexercises: ", StringComparison.Ordinal);
        Assert.Empty(Lint(both.Replace("```csharp", "```csharp {only=simulated}", StringComparison.Ordinal)));
        Assert.Contains(Lint(Good + "\n```csharp {only=simulated}\n1\n```\n"), p => p.Message.StartsWith("'only=simulated' needs 'targets:", StringComparison.Ordinal));
        Assert.Contains(Lint(both + "\n```csharp {only=moon}\n1\n```\n"), p => p.Message == "'only=moon': there are simulated and kubeconfig");
        Assert.Contains(Lint(Good.Replace("exercises: ", "targets: [moon]\nexercises: ", StringComparison.Ordinal)), p => p.Message.StartsWith("'targets: [moon]'", StringComparison.Ordinal));
    }

    private static IReadOnlyList<EpisodeProblem> Lint(string text) => EpisodeLint.Check(Parse(text));

    private static Episode Parse(string text) => EpisodeParser.Parse("episodes/03-good.md", text);
}
