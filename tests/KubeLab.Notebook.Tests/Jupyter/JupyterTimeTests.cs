using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

public sealed class JupyterTimeTests
{
    /// <summary>Jupyter Server reads <c>%Y-%m-%dT%H:%M:%S.%fZ</c>, where <c>%f</c> takes six digits at most.</summary>
    [Fact]
    public void Times_have_six_decimals_and_are_in_UTC()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)).AddTicks(1_234_567);

        Assert.Equal("2026-03-04T03:06:07.123456Z", JupyterTime.Of(time));
        Assert.Equal("2026-03-04T03:06:07.000000Z", JupyterTime.Of(time.AddTicks(-1_234_567)));
    }

    [Fact]
    public void What_is_written_is_read_to_the_microsecond()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_567);

        Assert.Equal(time.AddTicks(-7), JupyterTime.Read(JupyterTime.Of(time)));
        Assert.Null(JupyterTime.Read("yesterday"));
        Assert.Null(JupyterTime.Read(null));
    }
}
