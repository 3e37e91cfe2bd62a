using KubeLab.Autoscaling.JustInTime.Model;

namespace KubeLab.Tests.Autoscaling.JustInTime.Model;

public sealed class KarpenterTimeTests
{
    [Theory]
    [InlineData("30s", 30.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("720h", 2_592_000.0)]
    [InlineData("0s", 0.0)]
    [InlineData("Never", null)]
    [InlineData(null, null)]
    [InlineData("1.5h", null)]
    [InlineData("soon", null)]
    public void Durations_are_read_as_the_schema_allows_them(string? text, double? seconds) => Assert.Equal(seconds, KarpenterTime.Parse(text)?.TotalSeconds);
}
