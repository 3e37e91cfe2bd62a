using KubeLab.Connected;

namespace KubeLab.Tests.Connected;

public sealed class WallProgressTests
{
    [Fact]
    public void It_tells_every_ten_seconds_how_long_it_has_been()
    {
        var start = new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
        using var text = new StringWriter { NewLine = "\n" };
        var progress = new WallProgress("dev", start, text);
        foreach (var second in new[] { 0, 9, 10, 11, 25, 34, 35, 3700 })
        {
            progress.Tell(start.AddSeconds(second), "waiting for it");
        }

        Assert.Equal("[dev] 00:10 waiting for it\n[dev] 00:25 waiting for it\n[dev] 00:35 waiting for it\n[dev] 1:01:40 waiting for it\n", text.ToString());
    }
}
