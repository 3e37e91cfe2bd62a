using KubeLab.Notebook.Episodes;

namespace KubeLab.Notebook.Tests.Episodes;

public sealed class EpisodeParserTests
{
    [Fact]
    public void The_workbench_form_gives_front_matter_lists_and_nested_blocks()
    {
        var episode = Testdata.Bakery();

        Assert.Empty(episode.Problems);
        Assert.Equal(EpisodeDialect.Workbench, episode.Dialect);
        Assert.Equal(("A small bakery", 10, 5, "07"), (episode.Title, episode.TeachingMinutes, episode.ExerciseMinutes, episode.Number));
        Assert.Equal(["Who bakes when one oven breaks?", "What does a second oven cost?"], episode.Questions.AsEnumerable());
        Assert.Equal(["Count loaves per hour."], episode.Objectives.AsEnumerable());
        Assert.Equal(["Two ovens are one failure away from one oven."], episode.KeyPoints.AsEnumerable());
        var challenge = episode.Blocks.OfType<Div>().Single(div => div.Name == "challenge");
        Assert.Equal(["hint", "solution"], challenge.Children.OfType<Div>().Select(div => div.Name));
    }

    [Fact]
    public void The_older_form_gives_the_same_model()
    {
        var episode = Testdata.OlderForm();

        Assert.Empty(episode.Problems);
        Assert.Equal(EpisodeDialect.Jekyll, episode.Dialect);
        Assert.Equal(["What rises?", "Why?"], episode.Questions.AsEnumerable());
        Assert.Equal(["Yeast is patient."], episode.KeyPoints.AsEnumerable());
        Assert.Equal(["bash", "output"], episode.Blocks.OfType<CodeFence>().Select(fence => fence.Language));
        var solution = episode.Blocks.OfType<Div>().Single().Children.OfType<Div>().Single();
        Assert.Equal("solution", solution.Name);
        Assert.Equal("1 + 1", solution.Children.OfType<CodeFence>().Single().Code);
        Assert.Contains(episode.Blocks.OfType<Prose>(), prose => prose.Text.Contains("> An ordinary quotation", StringComparison.Ordinal));
        Assert.DoesNotContain(episode.Blocks.OfType<Prose>(), prose => prose.Text.Contains("{%", StringComparison.Ordinal));
    }

    [Fact]
    public void Attributes_hold_classes_an_id_and_quoted_values()
    {
        var episode =
            EpisodeParser.Parse("01-a.md", "---\ntitle: a\n---\n\n::: callout {.prediction #P01.1 seed=7 note='two words'}\n:::\n");

        var div = Assert.IsType<Div>(Assert.Single(episode.Blocks));
        Assert.True(div.IsPrediction);
        Assert.Equal("P01.1", div.Attributes.Id);
        Assert.Equal("two words", div.Attributes["note"]);
        Assert.Equal("7", div.Attributes["seed"]);
    }

    [Fact]
    public void Colons_and_fences_inside_a_fence_are_code()
    {
        var episode = EpisodeParser.Parse("01-a.md", "---\ntitle: a\n---\n\n````markdown\n::: challenge\n```csharp\n1\n```\n````\n");

        Assert.Empty(episode.Problems);
        Assert.Equal("::: challenge\n```csharp\n1\n```", Assert.IsType<CodeFence>(Assert.Single(episode.Blocks)).Code);
    }

    [Theory]
    [InlineData("no front matter", 1, "the front matter is missing")]
    [InlineData("---\ntitle: a\n", 1, "the front matter is not closed")]
    [InlineData("---\ntitle: \"a\nb: c\n---\n", 2, "the front matter is not valid YAML")]
    [InlineData("---\ntitle: a\n---\n\n::: challenge\n\ntext\n", 5, "this ':::' block is never closed")]
    [InlineData("---\ntitle: a\n---\n\n:::\n", 5, "this ':::' closes nothing")]
    [InlineData("---\ntitle: a\n---\n\n```csharp\n1\n", 5, "this code fence is never closed")]
    [InlineData("---\ntitle: a\n---\ntext\n::: hint\n:::\n", 5, "put a blank line before ':::'")]
    public void What_cannot_be_understood_is_named_with_its_line(string text, int line, string message)
    {
        var problem = EpisodeParser.Parse("01-a.md", text).Problems[0];

        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
        Assert.StartsWith($"01-a.md:{line}: ", problem.ToString(), StringComparison.Ordinal);
    }
}
