using System.Text.RegularExpressions;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Reports;

namespace KubeLab.Notebook.Tests.Reports;

public sealed partial class HtmlReportTests
{
    private const string Figure = """
        {"data":[{"type":"scatter","name":"used </script><b>","x":[1,2],"y":[3,4.5]},{"type":"scatter","name":"hover","opacity":0,"x":[9],"y":[9]}],
         "layout":{"title":{"text":"<b>Load</b>"},"meta":{"alt":"Load grows from 3 to 4.5."}}}
        """;

    [Fact]
    public void A_report_holds_its_figures_with_words_and_a_table()
    {
        var html =
            Report(Code("1",
                new DisplayOutput(new MimeBundle(
                    [new MimeEntry(MimeTypes.Plotly, Figure), new MimeEntry(MimeTypes.Html, "<i>not this</i>")]))));

        Assert.Contains("Load grows from 3 to 4.5.</figcaption>", html, StringComparison.Ordinal);
        Assert.Contains("<td>4.5</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<caption>hover", html, StringComparison.Ordinal);
        Assert.DoesNotContain("not this", html, StringComparison.Ordinal);
        if (PlotlyScript.Text is not null)
        {
            Assert.Contains("plotly.js (basic - minified) v4.1.1", html, StringComparison.Ordinal);
            Assert.Contains("<script type=\"application/json\">", html, StringComparison.Ordinal);
            Assert.DoesNotContain("used </script>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_in_a_report_asks_the_network()
    {
        var html = Report(
            Text("# Title\n\n![out](https://example.org/x.png) ![gone](fig/gone.svg) <img src=\"https://example.org/y.png\"> <script src=\"https://example.org/z.js\"></script>"),
            Code("1", new DisplayOutput(new MimeBundle([new MimeEntry(MimeTypes.Plotly, Figure)]))));
        var own = PlotlyScript.Text is { } plotly ? html.Replace(plotly, "", StringComparison.Ordinal) : html;

        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", own, StringComparison.Ordinal);
        Assert.DoesNotMatch(LoadsFromElsewhere(), own);
    }

    [Fact]
    public void Foreign_html_in_markdown_is_text_and_the_labs_folds_work()
    {
        var html =
            Report(Text("<details>\n<summary>Hint</summary>\n\nText **bold**.\n\n</details>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=\"x()\">b</b>"));
        var main = html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];

        Assert.Contains("<details>", main, StringComparison.Ordinal);
        Assert.Contains("<summary>Hint</summary>", main, StringComparison.Ordinal);
        Assert.Contains("<strong>bold</strong>", main, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", main, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", main, StringComparison.Ordinal);
        Assert.DoesNotContain("<b onclick", main, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_cell_is_marked_with_its_line_and_named_on_top()
    {
        var html = Report(
            Code("var a = 1;\nBreak();", new ErrorOutput("CS0103", "no Break", 2, ["Cell 1, line 2: no Break"])),
            new CodeCell { Id = "b", Source = "2" });

        Assert.Contains("Cell 1 failed. <a href=\"#cell-1\">", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Cell 1 of 2, failed\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"line error-line\">", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Cell 2 of 2, not run\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_part_of_the_page()
    {
        var folder = Directory.CreateTempSubdirectory("kubelab-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "x.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        var html = HtmlReport.ToHtml(new NotebookDocument { Cells = [Text("![A plan](x.svg)")] }, new ReportOptions { Folder = folder });

        Assert.Contains("<img src=\"data:image/svg+xml;base64,", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"A plan\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var x = 1; // one",
        "<span class=\"line\"><span class=\"k\">var</span> x = <span class=\"n\">1</span>; <span class=\"c\">// one</span></span>")]
    [InlineData("$\"a {b}\"", "<span class=\"line\"><span class=\"s\">$&quot;a {b}&quot;</span></span>")]
    [InlineData("\"\"\"\n<a>\n\"\"\"",
        "<span class=\"line\"><span class=\"s\">&quot;&quot;&quot;</span></span>\n<span class=\"line\"><span class=\"s\">&lt;a&gt;</span></span>\n<span class=\"line\"><span class=\"s\">&quot;&quot;&quot;</span></span>")]
    [InlineData("@\"a\"\"b\" 'c'",
        "<span class=\"line\"><span class=\"s\">@&quot;a&quot;&quot;b&quot;</span> <span class=\"s\">&#39;c&#39;</span></span>")]
    [InlineData("\"open", "<span class=\"line\"><span class=\"s\">&quot;open</span></span>")]
    public void Code_is_coloured_line_by_line(string code, string expected) => Assert.Equal(expected, CSharpHighlighter.ToHtml(code));

    private static string Report(params NotebookCell[] cells) =>
        HtmlReport.ToHtml(new NotebookDocument { Cells = [.. cells] }, new ReportOptions());

    private static MarkdownCell Text(string source) => new() { Id = "t", Source = source };

    private static CodeCell Code(string source, params CellOutput[] outputs) =>
        new() { Id = "c", Source = source, ExecutionCount = 1, Outputs = [.. outputs] };

    [GeneratedRegex("<(img|script|link|iframe|video|audio|source|object|embed)\\b[^>]*\\b(src|href|data)\\s*=\\s*[\"']?\\s*(https?:)?//",
        RegexOptions.IgnoreCase)]
    private static partial Regex LoadsFromElsewhere();
}
