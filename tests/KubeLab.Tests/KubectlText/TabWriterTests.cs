using KubeLab.KubectlText.Printing;

namespace KubeLab.Tests.KubectlText;

public sealed class TabWriterTests
{
    [Fact]
    public void A_column_is_as_wide_as_its_widest_cell_and_three_spaces()
    {
        var writer = TabWriter.ForTables();
        writer.Write("NAME\tAGE\nweb-1\t5m30s\n");
        Assert.Equal("NAME    AGE\nweb-1   5m30s\n", writer.Take());
    }

    [Fact]
    public void A_line_without_tabs_ends_the_columns()
    {
        var writer = TabWriter.ForDescriptions();
        writer.Write("Name:\tweb\nContainers:\n  a-long-name:\tx\n  b:\ty\n");
        Assert.Equal("Name:  web\nContainers:\n  a-long-name:  x\n  b:            y\n", writer.Take());
    }

    [Fact]
    public void A_watch_never_makes_its_columns_narrower()
    {
        var writer = TabWriter.ForTables();
        writer.Write("a-very-long-name\tRunning\n");
        writer.Take();
        writer.Write("b\tRunning\n");
        Assert.Equal("b                  Running\n", writer.Take());
    }
}
