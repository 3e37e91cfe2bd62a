using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Grows a notebook's cells: text gathers in one cell until code or a new section ends it.</summary>
internal sealed class CellList
{
    private readonly ImmutableArray<NotebookCell>.Builder cells = ImmutableArray.CreateBuilder<NotebookCell>();
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
    private readonly List<string> text = [];
    private string? role;

    public ImmutableArray<NotebookCell> ToCells()
    {
        Flush();
        return cells.ToImmutable();
    }

    /// <summary>Adds a paragraph; <paramref name="tag"/> marks the cell it lands in, and text of another tag starts another cell.</summary>
    public void AddText(string paragraph, string? tag = null)
    {
        if (paragraph.Length == 0)
        {
            return;
        }

        if (tag != role)
        {
            Flush();
            role = tag;
        }

        text.Add(paragraph);
    }

    public void AddCode(string source, JsonObject? lab, params IReadOnlyList<string> tags)
    {
        Flush();
        cells.Add(new CodeCell { Id = NextId("code", source), Source = source, Metadata = CellMetadata.ForCode(lab, tags) });
    }

    public void Flush()
    {
        if (text.Count > 0)
        {
            var source = string.Join("\n\n", text);
            var metadata = role is null ? CellMetadata.Empty : CellMetadata.ForText(null, role);
            cells.Add(new MarkdownCell { Id = NextId("text", source), Source = source, Metadata = metadata });
            text.Clear();
        }

        role = null;
    }

    /// <summary>An id from the content, so that a cell keeps its id when cells are put in before it.</summary>
    private string NextId(string kind, string source)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];
        var id = $"{kind}-{hash}";
        var count = seen[id] = seen.GetValueOrDefault(id) + 1;
        return count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{count}");
    }
}
