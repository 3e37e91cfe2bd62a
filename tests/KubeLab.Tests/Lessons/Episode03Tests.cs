using KubeLab.Api.Verbs;
using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 03 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode03Tests
{
    [Theory]
    [InlineData("0 0 1 1 2 2 3", true, "every second master")]
    [InlineData("0 1 1 2 2 3 3", false, "2 masters: with 1 of 2 left")]
    [InlineData("0 0 2 1 2 2 3", false, "3 masters: more than half of 3 is 2")]
    [InlineData("0 0 1", false, "give seven numbers")]
    public void How_many_may_fail(string answer, bool passes, string says) => AssertSays(passes, says, Check("E03.1", answer));

    [Theory]
    [InlineData("5", true, "10.1 hours a year; with 3 it would be 63.5")]
    [InlineData("3", false, "more than 24")]
    [InlineData("7", false, "there is a smaller one")]
    [InlineData("6", false, "it is even")]
    [InlineData("many", false, "give one number")]
    public void The_smallest_group_on_cheap_machines(string answer, bool passes, string says) => AssertSays(passes, says, Check("E03.3", answer));

    [Theory]
    [InlineData("yes no yes no yes no", true, "objects, wishes and states")]
    [InlineData("yes yes yes no yes no", false, "again at 2. Hint for the first of them: the rows")]
    [InlineData("yes", false, "give six words")]
    public void What_is_in_the_store(string answer, bool passes, string says) => AssertSays(passes, says, Check("E03.4", answer));

    [Theory]
    [InlineData(1, false, "there is one master")]
    [InlineData(3, false, "of 60 writes were refused")]
    [InlineData(4, false, "of 60 writes were refused")]
    [InlineData(5, true, "all 60 writes")]
    public void Masters_are_killed_in_a_branch_and_not_here(int masters, bool passes, string says)
    {
        using var cluster = Lab.Open(seed: 21, target: "simulated");
        cluster.AddMasters(masters);
        cluster.RunFor(60);
        AssertSays(passes, says, cluster.Lesson("03").Check("E03.2"));
        Assert.All(cluster.Masters().Masters, m => Assert.True(m.IsUp));
        Assert.False(cluster.Api.Find<KubeLab.Api.Core.ConfigMap>("default", "write-0") is not null);
    }

    private static CheckResult Check(string id, string answer)
    {
        using var cluster = Lab.Open(target: "simulated");
        return cluster.Lesson("03").Check(id, [.. answer.Split(' ')]);
    }

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}
