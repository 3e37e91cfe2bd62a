using KubeLab.Quorums;
using Xunit.Abstractions;

namespace KubeLab.Tests.Quorums;

public sealed class WriteLatencyTests(ITestOutputHelper output)
{
    [Fact]
    public void More_members_make_writes_slower_and_a_follower_s_slow_disk_hurts_only_two()
    {
        var table = WriteLatency.Table(membersMax: 9, writes: 400);
        output.WriteLine(table.ToString());
        LatencyRow Row(int members, SlowDisk slow) => table.Rows.Single(r => r.Members == members && r.Slow == slow);
        Assert.True(Row(9, SlowDisk.Nobody).Median > Row(3, SlowDisk.Nobody).Median);
        Assert.True(Row(3, SlowDisk.Nobody).Median > Row(1, SlowDisk.Nobody).Median);
        Assert.True(Row(2, SlowDisk.Follower).Median > 5 * Row(2, SlowDisk.Nobody).Median, "of two both are needed");
        Assert.True(Row(3, SlowDisk.Follower).Median < 1.5 * Row(3, SlowDisk.Nobody).Median, "of three the other two are enough");
        Assert.True(Row(3, SlowDisk.Leader).Median > 5 * Row(3, SlowDisk.Nobody).Median, "everything passes the leader");
        Assert.All(table.Rows, r => Assert.True(r.Median <= r.P95 && r.P95 <= r.P99));
        Assert.Equal(3 + 9 + 9 + 8, table.Chart().Latest.Count + 3);
    }

    [Fact]
    public void A_group_of_one_waits_for_its_own_disk()
    {
        // A solid state disk takes two milliseconds on average, log-normal: the median is a little less.
        Assert.InRange(WriteLatency.Measure(1, writes: 2000).Median, 1.7, 1.9);
        Assert.Throws<ArgumentException>(() => WriteLatency.Measure(1, SlowDisk.Follower));
    }
}
