using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class ProgressTests
{
    [Fact]
    public void A_probe_sends_one_message_and_waits()
    {
        var progress = new Progress(5, inflightMax: 3);

        progress.Sent(entries: 2, commit: 0);

        Assert.Equal((true, 5L), (progress.MustWait, progress.Next));
    }

    [Fact]
    public void A_stream_goes_on_until_the_window_is_full()
    {
        var progress = new Progress(5, inflightMax: 2);
        progress.Reached(4);
        progress.BecomeReplicate();

        progress.Sent(3, 0);
        Assert.Equal((false, 8L), (progress.MustWait, progress.Next));
        progress.Sent(1, 0);
        Assert.Equal((true, 9L), (progress.MustWait, progress.Next));

        progress.Reached(7);
        progress.Inflight.FreeUpTo(7);
        Assert.Equal((false, 1), (progress.MustWait, progress.Inflight.Count));
    }

    [Theory]
    [InlineData(8, 6, true, 7)]
    [InlineData(8, 2, true, 4)]
    [InlineData(8, 20, true, 8)]
    [InlineData(7, 6, false, 9)]
    public void A_refusal_moves_a_probe_to_the_hint_unless_it_is_an_old_one(long refused, long hint, bool isNews, long next)
    {
        var progress = new Progress(9, inflightMax: 2);
        progress.Reached(3);

        Assert.Equal((isNews, next), (progress.Refused(refused, hint), progress.Next));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    public void A_refusal_in_a_stream_begins_behind_what_is_known(long refused, bool isNews)
    {
        var progress = new Progress(4, inflightMax: 8);
        progress.Reached(3);
        progress.BecomeReplicate();
        progress.Sent(5, 0);

        Assert.Equal(isNews, progress.Refused(refused, 0));
        Assert.Equal(isNews ? 4 : 9, progress.Next);
    }

    [Fact]
    public void While_a_snapshot_is_under_way_nothing_else_is_sent()
    {
        var progress = new Progress(4, inflightMax: 8);
        progress.BecomeSnapshot(20);
        Assert.Equal((true, 21L, 20L), (progress.MustWait, progress.Next, progress.PendingSnapshot));

        progress.BecomeProbe();
        Assert.Equal((false, 1L), (progress.MustWait, progress.Next));
    }
}
