using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Rendering;

namespace KubeLab.Notebook.Tests.Rendering;

public sealed class ValueFormatterTests
{
    [Theory]
    [InlineData("text", "text")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "True")]
    [InlineData(new[] { 1, 2 }, "[1, 2]")]
    [InlineData(new[] { "a", null }, "[\"a\", null]")]
    public void Plain_values_are_text(object value, string expected) =>
        Assert.Equal(new MimeEntry(MimeTypes.Text, expected), Assert.Single(ValueFormatter.Format(value).Entries));

    [Fact]
    public void Records_in_a_list_are_a_table_with_escaped_cells()
    {
        var bundle = ValueFormatter.Format(new[] { new Row("web-<1>", 2), new Row("db", 30) });

        Assert.Contains("<th scope=\"col\">Name</th>", bundle[MimeTypes.Html], StringComparison.Ordinal);
        Assert.Contains("<td>web-&lt;1&gt;</td>", bundle[MimeTypes.Html], StringComparison.Ordinal);
        Assert.Equal("Name      Restarts\nweb-<1>   2\ndb        30", bundle[MimeTypes.Text]);
    }

    [Fact]
    public void An_endless_sequence_ends() =>
        Assert.EndsWith(", …]", ValueFormatter.Format(Endless())[MimeTypes.Text], StringComparison.Ordinal);

    [Fact]
    public void A_value_that_throws_says_so() =>
        Assert.Equal("A Unshowable that could not be shown: InvalidOperationException: not today",
            ValueFormatter.Format(new Unshowable())[MimeTypes.Text]);

    [Fact]
    public void A_formatter_found_by_name_gives_several_forms_in_the_preferred_order()
    {
        var bundle = ValueFormatter.Format(new DerivedChart());

        Assert.Equal([MimeTypes.Html, MimeTypes.Plotly, MimeTypes.Text], bundle.Entries.Select(entry => entry.MimeType));
        Assert.Equal("{\"data\":[]}", bundle[MimeTypes.Plotly]);
        Assert.Equal("a chart", bundle[MimeTypes.Text]);
    }

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
        {
            yield return i;
        }
    }

    private sealed record Row(string Name, int Restarts);

    private sealed class Unshowable
    {
        public override string ToString() => throw new InvalidOperationException("not today");
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type type) : Attribute
    {
        public Type FormatterSourceType => type;

        public string[]? PreferredMimeTypes { get; set; }
    }

    [TypeFormatterSource(typeof(ChartFormatters), PreferredMimeTypes = [MimeTypes.Html])]
    private class Chart
    {
        public override string ToString() => "a chart";
    }

    private sealed class DerivedChart : Chart;

    private sealed class ChartFormatters
    {
        private readonly object[] formatters =
            [new ChartFormatter(MimeTypes.Plotly, "{\"data\":[]}"), new ChartFormatter(MimeTypes.Html, "<b>chart</b>"),
                new ChartFormatter(MimeTypes.Svg, null)];

        public object[] CreateTypeFormatters() => formatters;
    }

    private sealed class ChartFormatter(string mimeType, string? text)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text);
            return value is Chart && text is not null;
        }
    }
}
