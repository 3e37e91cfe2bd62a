using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KubeLab.Notebook.Reports;

/// <summary>Renders a notebook's markdown: pictures become part of the page, foreign HTML becomes text, headings get ids.</summary>
internal sealed class MarkdownHtml(string? folder)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseTaskLists()
        .UseAutoLinks().Build();
    private readonly List<ReportHeading> headings = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public IReadOnlyList<ReportHeading> Headings => headings;

    public string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var node in document.Descendants())
        {
            Prepare(node);
        }

        var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlBlockRenderer>(new SafeBlocks());
        renderer.ObjectRenderers.Replace<HtmlInlineRenderer>(new SafeInlines());
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ColouredCode());
        renderer.Render(document);
        return writer.ToString();
    }

    private void Prepare(MarkdownObject node)
    {
        switch (node)
        {
            case HeadingBlock heading:
                AddHeading(heading);
                break;
            case LinkInline { IsImage: true } image:
                image.Url = DataUri(image.Url);
                break;
            case LinkInline link when !IsSafe(link.Url):
                link.Url = "#";
                break;
            case Table table:
                table.GetAttributes().AddClass("data");
                break;
        }
    }

    private void AddHeading(HeadingBlock heading)
    {
        var text = string.Concat(heading.Inline!.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            _ => "",
        }));
        var slug = Slug(text);
        var id = slug;
        for (var count = 2; !ids.Add(id); count++)
        {
            id = $"{slug}-{count}";
        }

        heading.GetAttributes().Id = id;
        headings.Add(new ReportHeading(heading.Level, text, id));
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder("s");
        foreach (var c in text.ToLowerInvariant().Prepend('-'))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    private static bool IsSafe(string? url) =>
        url is not null
        && (!Uri.TryCreate(url, UriKind.Absolute, out var absolute) || absolute.Scheme is "http" or "https" or "mailto" or "file")
        && !url.TrimStart().StartsWith("javascript", StringComparison.OrdinalIgnoreCase);

    /// <summary>The picture itself in place of its address; one that is not there leaves its alternative text.</summary>
    private string DataUri(string? url)
    {
        if (folder is null || url is null || url.Contains(':', StringComparison.Ordinal))
        {
            return "";
        }

        var path = Path.Combine(folder, Uri.UnescapeDataString(url));
        var type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            _ => null,
        };
        return type is not null && File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : "";
    }

    private sealed class SafeBlocks : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock obj) => renderer.WriteLine(SafeHtml.Filter(obj.Lines.ToString()));
    }

    private sealed class SafeInlines : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline obj) => renderer.Write(SafeHtml.Filter(obj.Tag));
    }

    private sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            var code = obj.Lines.ToString();
            var language = (obj as FencedCodeBlock)?.Info ?? "";
            var text = language is "csharp" or "cs" or "c#" ? CSharpHighlighter.ToHtml(code) : HtmlReport.Encode(code);
            var label = language.Length == 0 ? "Text" : language == "csharp" ? "C#" : language;
            renderer.Write($"<pre class=\"source quoted\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlReport.Encode(label)}\"><code>");
            renderer.Write(text).WriteLine("</code></pre>");
        }
    }
}
