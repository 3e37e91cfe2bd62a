using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of events.</summary>
internal sealed class EventTable : TablePrinter<Event>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.Text("Last Seen", "How long ago it happened last."),
        TableColumn.Text("Type", "Normal or Warning."),
        TableColumn.Text("Reason", "What happened, in one word."),
        TableColumn.Text("Object", "What it happened to."),
        TableColumn.Wide("Subobject", "The part of the object that it happened to."),
        TableColumn.Wide("Source", "Who reports it."),
        TableColumn.Text("Message", "What happened, in a sentence."),
        TableColumn.Wide("First Seen", "How long ago it happened first."),
        TableColumn.Wide("Count", "How often it happened."),
        new("Name", "string", "The event's own name.", 1, "name"),
    ];

    protected override IReadOnlyList<TableCell> Row(Event obj, DateTimeOffset now)
    {
        var first = obj.FirstTimestamp is null ? HumanDuration.Since(obj.EventTime, now) : HumanDuration.Since(obj.FirstTimestamp, now);
        var last = obj.LastTimestamp is null ? first : HumanDuration.Since(obj.LastTimestamp, now);
        var count = Math.Max(obj.Count, 1);
        if (obj.Series?.Overflow is { } series)
        {
            count = series["count"] is { } times && times.TryGetInt32(out var n) ? n : 0;
            last = HumanDuration.Since(LastObserved(series), now);
        }

        var about = obj.InvolvedObject;
        var kind = (about.Kind ?? "").ToLowerInvariant();
        return
        [
            last, obj.Type ?? "", obj.Reason ?? "", string.IsNullOrEmpty(about.Name) ? kind : $"{kind}/{about.Name}", about.FieldPath ?? "",
            Source(obj), (obj.Message ?? "").Trim(), first, count, Name(obj),
        ];
    }

    private static MicroTime? LastObserved(Overflow series) =>
        series["lastObservedTime"] is { ValueKind: JsonValueKind.String } time && time.TryGetDateTimeOffset(out var instant) ? new MicroTime(instant) : null;

    private static string Source(Event e) => string.IsNullOrEmpty(e.Source.Component)
        ? Joined(e.ReportingController, e.ReportingInstance)
        : Joined(e.Source.Component, e.Source.Host);

    private static string Joined(string? component, string? place) => string.IsNullOrEmpty(place) ? component ?? "" : $"{component}, {place}";
}
