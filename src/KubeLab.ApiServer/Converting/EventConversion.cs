using KubeLab.Api.Core;
using KubeLab.Api.Events;

namespace KubeLab.ApiServer.Converting;

/// <summary>Events in the words of the core group and in those of <c>events.k8s.io</c>: no field is lost on the way.</summary>
/// <remarks>Upstream: pkg/apis/events/v1/conversion.go.</remarks>
internal static class EventConversion
{
    /// <summary>The stored event as <c>events.k8s.io</c> shows it.</summary>
    public static EventV1 ToNew(Event e) => new()
    {
        Metadata = e.Metadata,
        EventTime = e.EventTime,
        Series = e.Series,
        ReportingController = e.ReportingController,
        ReportingInstance = e.ReportingInstance,
        Action = e.Action,
        Reason = e.Reason,
        Regarding = e.InvolvedObject,
        Related = e.Related,
        Note = e.Message,
        Type = e.Type,
        DeprecatedSource = e.Source,
        DeprecatedFirstTimestamp = e.FirstTimestamp,
        DeprecatedLastTimestamp = e.LastTimestamp,
        DeprecatedCount = e.Count,
    };

    /// <summary>The event as it is stored.</summary>
    public static Event ToCore(EventV1 e) => new()
    {
        Metadata = e.Metadata,
        EventTime = e.EventTime,
        Series = e.Series,
        ReportingController = e.ReportingController,
        ReportingInstance = e.ReportingInstance,
        Action = e.Action,
        Reason = e.Reason,
        InvolvedObject = e.Regarding,
        Related = e.Related,
        Message = e.Note,
        Type = e.Type,
        Source = e.DeprecatedSource,
        FirstTimestamp = e.DeprecatedFirstTimestamp,
        LastTimestamp = e.DeprecatedLastTimestamp,
        Count = e.DeprecatedCount,
    };
}
