using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class ReplayWindowTests
{
    [Fact]
    public void Each_number_is_new_once_in_any_order()
    {
        var window = new ReplayWindow();
        foreach (var number in new long[] { 3, 1, 2, 4000, 5, 4096 })
        {
            Assert.True(window.IsNew(number), $"{number} at first");
            Assert.False(window.IsNew(number), $"{number} again");
        }
    }

    [Fact]
    public void What_is_older_than_the_window_is_refused()
    {
        var window = new ReplayWindow();
        Assert.True(window.IsNew(10_000_000));

        Assert.False(window.IsNew(10_000_000 - 4096));
        Assert.True(window.IsNew(10_000_000 - 4095));
        Assert.True(window.IsNew(10_004_000));
        Assert.False(window.IsNew(10_000_000));
    }
}
