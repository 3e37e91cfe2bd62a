using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.Http;

/// <summary>Writes objects in the form that a request wants: themselves, their metadata, or a table.</summary>
/// <param name="resource">What they are.</param>
/// <param name="printer">How tables of them look.</param>
/// <param name="form">The form.</param>
/// <param name="includeObject">What a table's rows carry: <c>Object</c>, <c>Metadata</c> or <c>None</c>.</param>
/// <param name="now">Ages are as of then.</param>
internal sealed class AnswerWriter(ApiResource resource, TablePrinter printer, AnswerForm form, string? includeObject, Func<DateTimeOffset> now)
{
    /// <summary>The instant that ages are as of.</summary>
    public DateTimeOffset Now => now();

    public void One(Utf8JsonWriter json, IApiObject obj)
    {
        switch (form)
        {
            case AnswerForm.Table:
                Table(json, new ListMeta { ResourceVersion = obj.Metadata.ResourceVersion }, [obj], withColumns: true, now());
                break;
            case AnswerForm.Metadata:
                JsonBody.WriteMetadata(json, obj);
                break;
            default:
                JsonBody.Write(json, obj);
                break;
        }
    }

    public void List(Utf8JsonWriter json, ObjectList list)
    {
        if (form == AnswerForm.Table)
        {
            Table(json, list.Metadata, list.Items, withColumns: true, now());
            return;
        }

        var (kind, version) = form == AnswerForm.Metadata
            ? ("PartialObjectMetadataList", "meta.k8s.io/v1")
            : (resource.ListKind, resource.ApiVersion);
        JsonBody.BeginList(json, kind, version, list.Metadata);
        json.WriteStartArray("items");
        foreach (var item in list.Items)
        {
            One(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One event of a watch; in a table watch the columns come with the first one only.</summary>
    public void Event(Utf8JsonWriter json, in WatchEvent change, bool isFirst, DateTimeOffset instant)
    {
        json.WriteStartObject();
        json.WriteString("type", Word(change.Type));
        json.WritePropertyName("object");
        if (form == AnswerForm.Table)
        {
            var metadata = new ListMeta { ResourceVersion = change.Object.Metadata.ResourceVersion };
            Table(json, metadata, change.Type == WatchEventType.Bookmark ? [] : [change.Object], isFirst, instant);
        }
        else
        {
            One(json, change.Object);
        }

        json.WriteEndObject();
    }

    private static string Word(WatchEventType type) => type switch
    {
        WatchEventType.Added => "ADDED",
        WatchEventType.Modified => "MODIFIED",
        WatchEventType.Deleted => "DELETED",
        _ => "BOOKMARK",
    };

    private void Table(Utf8JsonWriter json, ListMeta metadata, IReadOnlyList<IApiObject> items, bool withColumns, DateTimeOffset instant)
    {
        JsonBody.BeginList(json, "Table", "meta.k8s.io/v1", metadata);
        json.WritePropertyName("columnDefinitions");
        if (withColumns)
        {
            Columns(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("rows");
        foreach (var item in items)
        {
            Row(json, item, instant);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Columns(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var column in printer.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteString("format", column.Format);
            json.WriteString("description", column.Description);
            json.WriteNumber("priority", column.Priority);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Row(Utf8JsonWriter json, IApiObject obj, DateTimeOffset instant)
    {
        json.WriteStartObject();
        json.WriteStartArray("cells");
        foreach (var cell in printer.Row(obj, instant))
        {
            if (cell.Json is { } raw)
            {
                json.WriteRawValue(raw);
            }
            else if (cell.Text is { } text)
            {
                json.WriteStringValue(text);
            }
            else
            {
                json.WriteNumberValue(cell.Number);
            }
        }

        json.WriteEndArray();
        if (includeObject != "None")
        {
            json.WritePropertyName("object");
            if (includeObject == "Object")
            {
                JsonBody.Write(json, obj);
            }
            else
            {
                JsonBody.WriteMetadata(json, obj);
            }
        }

        json.WriteEndObject();
    }
}
