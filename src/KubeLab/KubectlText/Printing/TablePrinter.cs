using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Printing;

/// <summary>Prints the tables that the server made; their header once.</summary>
/// <remarks>Upstream: k8s.io/cli-runtime/pkg/printers/tableprinter.go.</remarks>
internal sealed class TablePrinter(TableOptions options)
{
    private Json columns;
    private string printedColumns = "";

    /// <summary>Prints a table's rows; a table without columns has those of the one before, as in a watch.</summary>
    public void Print(Json table, TabWriter writer, string? eventType = null)
    {
        if (table["columnDefinitions"].Count > 0)
        {
            columns = table["columnDefinitions"];
        }

        if (table["rows"].Count == 0)
        {
            return;
        }

        var definition = columns.Node?.ToJsonString() ?? "";
        if (!options.NoHeaders && printedColumns != definition)
        {
            writer.Write(Header(eventType is not null));
            printedColumns = definition;
        }

        foreach (var row in table["rows"].Items)
        {
            writer.Write(Row(row, eventType));
        }
    }

    private string Header(bool withEvent)
    {
        var cells = new List<string>();
        cells.AddRange(withEvent ? ["EVENT"] : []);
        cells.AddRange(options.WithNamespace ? ["NAMESPACE"] : []);
        cells.AddRange(Shown().Select(column => column.Definition["name"].Text.ToUpperInvariant()));
        cells.AddRange(options.LabelColumns.Select(label => label[(label.LastIndexOf('/') + 1)..].ToUpperInvariant()));
        cells.AddRange(options.ShowLabels ? ["LABELS"] : []);
        return string.Join('\t', cells) + "\n";
    }

    private string Row(Json row, string? eventType)
    {
        var metadata = row["object"]["metadata"];
        var cells = new List<string>();
        cells.AddRange(eventType is null ? [] : [eventType]);
        cells.AddRange(options.WithNamespace ? [metadata["namespace"].Text] : []);
        var nameIsDue = options.Kind is not null;
        foreach (var (index, definition) in Shown())
        {
            var text = Escaping.Cell(TextOf(row["cells"][index]));
            var isName = nameIsDue && definition["format"].Text == "name";
            cells.Add(isName ? $"{options.Kind}/{text}" : text);
            nameIsDue &= !isName;
        }

        cells.AddRange(options.LabelColumns.Select(label => metadata["labels"][label].Text));
        cells.AddRange(options.ShowLabels ? [Labels(metadata["labels"])] : []);
        return string.Join('\t', cells) + "\n";
    }

    /// <summary>Labels in one line, <c>a=b,c=d</c>.</summary>
    public static string Labels(Json labels) =>
        labels.Count == 0 ? "<none>" : string.Join(',', labels.Fields.Select(label => $"{label.Key}={label.Value.Text}"));

    private IEnumerable<(int Index, Json Definition)> Shown() => columns.Items
        .Select((definition, index) => (index, definition))
        .Where(column => options.Wide || column.definition["priority"].Int == 0);

    private static string TextOf(Json cell) => cell.Node is null ? "" : cell.Text;
}
