using System.Globalization;
using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class MembershipTests
{
    [Theory]
    [InlineData("AddLearner 4", "(1 2 3) learners (4)")]
    [InlineData("AddVoter 4", "(1 2 3 4)")]
    [InlineData("AddLearner 4, AddVoter 4", "(1 2 3 4)")]
    [InlineData("AddLearner 4, Remove 4", "(1 2 3)")]
    [InlineData("AddLearner 3", "(1 2 3)")]
    [InlineData("Remove 2", "(1 3)")]
    [InlineData("Remove 9", "(1 2 3)")]
    [InlineData("Remove 2, AddVoter 2", "(1 3)")]
    [InlineData("Remove 2, AddLearner 2", "(1 3)")]
    [InlineData("Remove 1, Remove 2, Remove 3", "(3)")]
    public void Changes_do_what_they_say_or_nothing(string changes, string after)
    {
        var membership = Membership.Of(3, 1, 2);
        foreach (var change in changes.Split(", "))
        {
            var words = change.Split(' ');
            membership = membership.With(new(Enum.Parse<MembershipChangeKind>(words[0]), long.Parse(words[1], CultureInfo.InvariantCulture)));
        }

        Assert.Equal(after, membership.ToString());
    }
}
