using KubeLab.Quorums;

namespace KubeLab.Tests.Quorums;

public sealed class MasterGroupTests
{
    [Fact]
    public void A_group_of_three_takes_writes_at_any_member_and_draws_them()
    {
        var group = MasterGroup.Of(3);
        foreach (var machine in group.Members)
        {
            var write = group.Write(machine);
            Assert.True(write.IsCommitted, write.ToString());
            Assert.InRange(write.Took.TotalMilliseconds, 0.5, 30);
            Assert.DoesNotContain("never arrive", write.Chart().Alt, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_smaller_side_of_a_cut_takes_no_write_and_its_entry_is_thrown_away()
    {
        var group = MasterGroup.Of(5);
        var two = group.Members.Where(m => m == group.Leader).Concat(group.Members.Where(m => m != group.Leader).Take(1)).ToList();
        var three = group.Members.Except(two).ToList();
        group.Partition($"{string.Join(' ', two)} | {string.Join(' ', three)}");
        var small = group.Write(two[0]);
        group.RunFor(3);
        var large = group.Write(three[0]);
        Assert.False(small.IsCommitted);
        Assert.Contains("etcdserver: request timed out", small.ToString(), StringComparison.Ordinal);
        Assert.True(large.IsCommitted, large.ToString());
        Assert.Contains("not committed", small.Chart().Alt, StringComparison.Ordinal);
        group.Heal();
        group.RunFor(3);
        Assert.Single(group.Raft.Members.Select(m => m.DurableLog.LastIndex).Distinct());
        Assert.Contains("2 events are marked", group.Chart().Alt, StringComparison.Ordinal);
        Assert.Contains("0 entries are not known", group.Logs().Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_that_do_not_exist_are_named()
    {
        var group = MasterGroup.Of(1);
        Assert.Contains("there are master-1", Assert.Throws<ArgumentException>(() => group.Kill("master-2")).Message, StringComparison.Ordinal);
        Assert.Contains("no machine \"x\"", Assert.Throws<ArgumentException>(() => group.Partition("master-1 | x")).Message, StringComparison.Ordinal);
        group.Kill("master-1");
        Assert.Equal("written at master-1: refused, it is down", group.Write().ToString());
    }

    [Fact]
    public void A_picture_of_a_trace_needs_a_write()
    {
        var group = MasterGroup.Of(3);
        Assert.Contains("no write has been proposed", Assert.Throws<InvalidOperationException>(() => GroupPictures.Write(group.Journal.TraceNextWrite())).Message, StringComparison.Ordinal);
    }
}
