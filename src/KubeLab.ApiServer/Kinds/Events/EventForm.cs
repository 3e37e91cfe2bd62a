using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Kinds.Events;

/// <summary>What many events have in common: everything but the object they are about, their text, their times and their identity.</summary>
/// <param name="Namespace">Where they are.</param>
/// <param name="Kind">The kind they are about.</param>
/// <param name="ApiVersion">The version of that kind.</param>
/// <param name="AboutNamespace">Where what they are about is.</param>
/// <param name="FieldPath">The part they are about.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Type">Normal or Warning.</param>
/// <param name="Source">Who says so.</param>
/// <param name="ReportingController">Who says so, in the newer words.</param>
/// <param name="ReportingInstance">Which of them.</param>
internal sealed record EventForm(
    string? Namespace,
    string? Kind,
    string? ApiVersion,
    string? AboutNamespace,
    string? FieldPath,
    string? Reason,
    string? Type,
    EventSource Source,
    string? ReportingController,
    string? ReportingInstance)
{
    public static EventForm Of(Event of) => new(
        of.Metadata.Namespace,
        of.InvolvedObject.Kind,
        of.InvolvedObject.ApiVersion,
        of.InvolvedObject.Namespace,
        of.InvolvedObject.FieldPath,
        of.Reason,
        of.Type,
        of.Source,
        of.ReportingController,
        of.ReportingInstance);
}
