using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>The events at the end of a description.</summary>
internal static class EventLines
{
    /// <summary>Fetches the events about an object; null when they cannot be had.</summary>
    /// <param name="session">The run.</param>
    /// <param name="obj">The object.</param>
    /// <param name="withKind">Whether the kind must fit too.</param>
    /// <param name="uid">Another identity under which events were written; the object's own when null.</param>
    public static List<Json>? Fetch(Session session, Json obj, bool withKind = true, string? uid = null)
    {
        var metadata = obj["metadata"];
        var selector = $"involvedObject.name={metadata["name"].Text},involvedObject.namespace={metadata["namespace"].Text}"
            + (withKind ? $",involvedObject.kind={obj["kind"].Text}" : "")
            + $",involvedObject.uid={uid ?? metadata["uid"].Text}";
        var ns = metadata["namespace"].Text;
        try
        {
            var path = ns.Length > 0 ? $"/api/v1/namespaces/{ns}/events" : "/api/v1/events";
            return [.. new Json(session.Api.Get(path + new Query().With("fieldSelector", selector).With("limit", 500)))["items"].Items];
        }
        catch (StatusException)
        {
            return null;
        }
    }

    /// <summary>Writes the events in order of their last time.</summary>
    public static void Events(this Description text, List<Json>? events)
    {
        if (events is null)
        {
            return;
        }

        if (events.Count == 0)
        {
            text.Line(0, "Events:\t<none>");
            return;
        }

        text.Flush();
        text.Line(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage").Line(1, "----\t------\t----\t----\t-------");
        foreach (var e in events.OrderBy(e => e["lastTimestamp"].Time ?? DateTimeOffset.MinValue))
        {
            text.Line(1, $"{e["type"].Text}\t{e["reason"].Text}\t{Age(text, e)}\t{e["source"]["component"].Or(e["reportingComponent"].Text)}\t"
                + e["message"].Text.Trim());
        }
    }

    /// <summary>How long ago, how often and over which time: <c>3s (x4 over 2m)</c>.</summary>
    public static string Age(Description text, Json e)
    {
        var first = text.Since(e["eventTime"].Exists ? e["eventTime"] : e["firstTimestamp"]);
        return e["series"].Exists ? $"{text.Since(e["series"]["lastObservedTime"])} (x{e["series"]["count"].Text} over {first})"
            : e["count"].Int > 1 ? $"{text.Since(e["lastTimestamp"])} (x{e["count"].Text} over {first})"
            : first;
    }
}
