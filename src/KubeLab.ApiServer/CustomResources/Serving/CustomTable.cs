using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Paths;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>The table of a user's own kind: the name, and the columns of its definition, or the age.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/registry/customresource/tableconvertor.</remarks>
internal sealed class CustomTable : TablePrinter
{
    private static readonly CustomResourceColumnDefinition Age = new()
    {
        Name = "Age",
        Type = "date",
        Description = "When the server stored the object first.",
        JsonPath = ".metadata.creationTimestamp",
    };

    private readonly List<(string Type, JsonPathTemplate Path)> values = [];

    public CustomTable(ValueList<CustomResourceColumnDefinition> definitions)
    {
        var columns = new List<TableColumn> { TableColumn.ObjectName };
        foreach (var column in definitions.IsEmpty ? [Age] : definitions)
        {
            if (Read(column.JsonPath) is not { } path)
            {
                // Upstream gives up at the first path that it cannot read.
                break;
            }

            var description = string.IsNullOrEmpty(column.Description)
                ? $"Custom resource definition column (in JSONPath format): {column.JsonPath}"
                : column.Description;
            columns.Add(new TableColumn(column.Name, column.Type, description, column.Priority, column.Format ?? ""));
            values.Add((column.Type, path));
        }

        Columns = columns;
    }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override IReadOnlyList<TableCell> Row(IApiObject obj, DateTimeOffset now)
    {
        var root = CustomJson.Of((CustomObject)obj);
        var cells = new List<TableCell> { obj.Metadata.Name ?? "" };
        foreach (var (type, path) in values)
        {
            cells.Add(Cell(type, Find(path, root), now));
        }

        return cells;
    }

    private static JsonPathTemplate? Read(string path)
    {
        try
        {
            return JsonPathTemplate.Parse($"{{{path}}}");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonNode? Find(JsonPathTemplate path, JsonObject root)
    {
        try
        {
            return path.Find(root) is [var first, ..] ? first : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TableCell Cell(string type, JsonNode? value, DateTimeOffset now)
    {
        if (value is null)
        {
            return TableCell.Absent;
        }

        var kind = value.GetValueKind();
        switch (type)
        {
            case "string":
                return JsonPathTemplate.TextOf(value);
            case "integer" when kind == JsonValueKind.Number:
                var whole = SchemaNumber.Whole(value) ?? (long)SchemaNumber.Of(value);
                return new TableCell(null, whole);
            case "number" when kind == JsonValueKind.Number:
                return new TableCell(null, 0) { Json = SchemaNumber.Shown(SchemaNumber.Of(value)) };
            case "boolean" when kind is JsonValueKind.True or JsonValueKind.False:
                return new TableCell(null, 0) { Json = kind == JsonValueKind.True ? "true" : "false" };
            case "date" when kind == JsonValueKind.String:
                return DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                    ? HumanDuration.Since((Timestamp)instant, now)
                    : "<invalid>";
            default:
                return TableCell.Absent;
        }
    }
}
