using System.Text.Json;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with events: little in the core group, more in <c>events.k8s.io</c>.</summary>
/// <remarks>Upstream: pkg/apis/core/validation/events.go.</remarks>
internal static class EventValidation
{
    private const int WordMax = 128;
    private const int NoteMax = 1024;
    private const string Unset = "needs to be unset";

    /// <summary>Checks what every event has to be, however it was written.</summary>
    public static void Validate(Event e, FieldErrors errors)
    {
        var (ns, about) = (e.Metadata.Namespace ?? "", e.InvolvedObject.Namespace ?? "");
        if (e.EventTime is null)
        {
            // Events about objects of the whole cluster live in the namespace "default".
            if (about.Length == 0 ? ns is not ("" or "default") : about != ns)
            {
                Elsewhere(about, errors);
            }

            return;
        }

        if (about.Length == 0 && ns is not ("default" or "kube-system"))
        {
            Elsewhere(about, errors);
        }

        Required("reportingController", e.ReportingController, errors);
        errors.InvalidAll(FieldPath.Root("reportingController"), e.ReportingController ?? "", LabelNames.KeyErrors(e.ReportingController ?? ""));
        Word("reportingInstance", e.ReportingInstance, errors);
        Word("action", e.Action, errors);
        Word("reason", e.Reason, errors);
        if ((e.Message ?? "").Length > NoteMax)
        {
            errors.Invalid(FieldPath.Root("message"), "", $"can have at most {NoteMax} characters");
        }
    }

    /// <summary>Checks a new event of <c>events.k8s.io</c>: the fields of the core group's reporters stay empty.</summary>
    public static void ValidateStrictly(Event e, FieldErrors errors)
    {
        Validate(e, errors);
        Series(e, errors);
        if (e.EventTime is null)
        {
            errors.Required(FieldPath.Root("eventTime"), "");
        }

        if (e.Type is not ("Normal" or "Warning"))
        {
            errors.Invalid(FieldPath.Root("type"), "", $"has invalid value: {e.Type}");
        }

        Empty("firstTimestamp", e.FirstTimestamp is null, errors);
        Empty("lastTimestamp", e.LastTimestamp is null, errors);
        Empty("count", e.Count == 0, errors);
        Empty("source", string.IsNullOrEmpty(e.Source.Component) && string.IsNullOrEmpty(e.Source.Host), errors);
    }

    /// <summary>Checks a change through <c>events.k8s.io</c>: only metadata and the series may change.</summary>
    public static void ValidateUpdateStrictly(Event e, Event old, FieldErrors errors)
    {
        Validate(e, errors);
        if (e.Series != old.Series)
        {
            Series(e, errors);
        }

        Fixed("involvedObject", e.InvolvedObject, old.InvolvedObject, errors);
        Fixed("reason", e.Reason, old.Reason, errors);
        Fixed("message", e.Message, old.Message, errors);
        Fixed("source", e.Source, old.Source, errors);
        Fixed("firstTimestamp", e.FirstTimestamp, old.FirstTimestamp, errors);
        Fixed("lastTimestamp", e.LastTimestamp, old.LastTimestamp, errors);
        Fixed("count", e.Count, old.Count, errors);
        Fixed("type", e.Type, old.Type, errors);
        Fixed("eventTime", e.EventTime, old.EventTime, errors);
        Fixed("action", e.Action, old.Action, errors);
        Fixed("related", e.Related, old.Related, errors);
        Fixed("reportingController", e.ReportingController, old.ReportingController, errors);
        Fixed("reportingInstance", e.ReportingInstance, old.ReportingInstance, errors);
    }

    private static void Series(Event e, FieldErrors errors)
    {
        if (e.Series is not { } series)
        {
            return;
        }

        if (series.Overflow?["count"] is not { ValueKind: JsonValueKind.Number } count || count.GetInt64() < 2)
        {
            errors.Invalid(FieldPath.Root("series.count"), "", "should be at least 2");
        }

        if (series.Overflow?["lastObservedTime"] is not { ValueKind: JsonValueKind.String })
        {
            errors.Required(FieldPath.Root("series.lastObservedTime"), "");
        }
    }

    private static void Word(string field, string? value, FieldErrors errors)
    {
        Required(field, value, errors);
        if (value?.Length > WordMax)
        {
            errors.Invalid(FieldPath.Root(field), "", $"can have at most {WordMax} characters");
        }
    }

    private static void Required(string field, string? value, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(FieldPath.Root(field), "");
        }
    }

    private static void Empty(string field, bool isEmpty, FieldErrors errors)
    {
        if (!isEmpty)
        {
            errors.Invalid(FieldPath.Root(field), "", Unset);
        }
    }

    private static void Fixed<T>(string field, T value, T old, FieldErrors errors)
    {
        if (!EqualityComparer<T>.Default.Equals(value, old))
        {
            errors.Invalid(FieldPath.Root(field), value?.ToString(), "field is immutable");
        }
    }

    private static void Elsewhere(string about, FieldErrors errors) =>
        errors.Invalid(FieldPath.Root("involvedObject").Child("namespace"), about, "does not match event.namespace");
}
