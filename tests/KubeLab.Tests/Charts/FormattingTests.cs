using System.Reflection;
using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Looks at figures as a notebook does: by the names of attributes and members alone.</summary>
public sealed class FormattingTests
{
    [Fact]
    public void A_notebook_finds_the_formatters_by_convention()
    {
        var attribute = typeof(Figure).GetCustomAttributes(false).Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], preferred);
        Assert.Equal(preferred, Formatters().Select(formatter => Property<string>(formatter, "MimeType")));
        Assert.All(Formatters(), formatter => Assert.Equal(typeof(Figure), Property<Type>(formatter, "Type")));
    }

    [Fact]
    public void Each_formatter_has_one_method_to_format_and_refuses_other_values()
    {
        foreach (var formatter in Formatters())
        {
            var method = formatter.GetType().GetMethods().Single(one => one.Name == "Format");
            Assert.Equal([typeof(object), typeof(TextWriter)], method.GetParameters().Select(parameter => parameter.ParameterType));
            Assert.False((bool)method.Invoke(formatter, ["no figure", new StringWriter()])!);
        }
    }

    [Fact]
    public void Plotly_gets_the_figure_itself()
    {
        var figure = SampleRuns.Figures["utilisation"]();
        Assert.Equal(figure.ToJson(), Format(figure, "application/vnd.plotly.v1+json"));
    }

    [Fact]
    public void Text_is_the_title_and_the_sentence()
    {
        var figure = SampleRuns.Figures["utilisation"]();
        Assert.Equal($"{figure.Title}\n{figure.Alt}", Format(figure, "text/plain"));
    }

    [Fact]
    public void Html_holds_words_and_a_table_until_plotly_draws_and_loads_nothing_from_elsewhere()
    {
        var figure = SampleRuns.Figures["utilisation"]();
        var html = Format(figure, "text/html");
        Assert.Contains("<td>CPU requested</td><td>7.5 cores</td>", html, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(figure.Alt), html, StringComparison.Ordinal);
        Assert.Contains(figure.ToJson(), html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$NAME", html, StringComparison.Ordinal);
        Assert.Equal(html, Format(SampleRuns.Figures["utilisation"](), "text/html"));
    }

    private static object[] Formatters()
    {
        var attribute = typeof(Figure).GetCustomAttributes(false).Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance(Property<Type>(attribute, "FormatterSourceType"))!;
        return [.. (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, [])!];
    }

    private static T Property<T>(object owner, string name) =>
        (T)owner.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(owner)!;

    private static string Format(Figure figure, string mimeType)
    {
        var formatter = Formatters().Single(one => Property<string>(one, "MimeType") == mimeType);
        var writer = new StringWriter();
        Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [figure, writer])!);
        return writer.ToString();
    }
}
