using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Recording;

/// <summary>
/// Writes Event objects for people to read; an event that repeats is counted up instead of written again, similar ones are combined,
/// floods are thinned out.
/// </summary>
/// <remarks>Recording never fails its caller: an event that cannot be stored is lost, as upstream.</remarks>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/tools/record">client-go/tools/record</seealso>
public sealed class EventRecorder(IKubernetesApi api, VirtualClock clock, Randomness chance, string component, string? host = null)
{
    /// <summary>How many different events are remembered for counting, as upstream's cache.</summary>
    public const int RememberedMax = 4096;

    private const string Combined = "(combined from similar events): ";
    private readonly Recent<ulong, Observation> observed = new(RememberedMax);
    private readonly EventCorrelation correlation = new(RememberedMax);
    private readonly EventSource source = new() { Component = component, Host = host };
    private long lastNanoseconds;
    private ObjectReference? lastReference;

    /// <summary>Records that something went as expected.</summary>
    public void Normal(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Normal", reason, message, fieldPath);

    /// <summary>Records that something went wrong.</summary>
    public void Warning(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Warning", reason, message, fieldPath);

    private void Record(IApiObject about, string type, string reason, string message, string? fieldPath)
    {
        var subject = about.Metadata.Uid ?? about.Metadata.Name ?? "";
        var identity = Fingerprint.Of(subject, fieldPath, type, reason, message);
        var isNew = !observed.TryGet(identity, out var observation);
        if (correlation.IsCombined(subject, type, reason, isNew, clock.Now))
        {
            // All combined ones share an identity; the text is that of the newest.
            identity = Fingerprint.Of(subject, null, type, reason, Combined);
            message = Combined + message;
            observed.TryGet(identity, out observation);
        }

        observation = observation with { Count = observation.Count + 1 };
        if (correlation.Admits(subject, clock.Now))
        {
            observation = observation with { Name = Store(about, observation, type, reason, message, fieldPath) };
        }

        observed.Set(identity, observation);
    }

    /// <summary>Writes it, or counts it up; its name, or null when it could not be stored.</summary>
    private string? Store(IApiObject about, Observation observation, string type, string reason, string message, string? fieldPath)
    {
        try
        {
            if (observation.Name is not { } name || api.Find<Event>(NamespaceOf(about), name) is not { } current)
            {
                return Write(about, observation.Count, type, reason, message, fieldPath).Metadata.Name;
            }

            api.Update(current with { Count = observation.Count, Message = message, LastTimestamp = clock.Now });
            return name;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private static string NamespaceOf(IApiObject about) => about.Metadata.Namespace is { Length: > 0 } own ? own : "default";

    private Event Write(IApiObject about, int count, string type, string reason, string message, string? fieldPath)
    {
        Timestamp now = clock.Now;
        return api.Create(new Event
        {
            Metadata = new ObjectMeta { Name = NextName(about.Metadata.Name ?? ""), Namespace = NamespaceOf(about) },
            InvolvedObject = ReferenceTo(about, fieldPath),
            Reason = reason,
            Message = message,
            Source = source,
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = count,
            Type = type,
            ReportingController = component,
            ReportingInstance = host,
        });
    }

    /// <summary>Events about one object often come in a row; they share the reference to it.</summary>
    private ObjectReference ReferenceTo(IApiObject about, string? fieldPath)
    {
        var meta = about.Metadata;
        if (lastReference is not { } last || last.Uid != meta.Uid || last.Name != meta.Name || last.ResourceVersion != meta.ResourceVersion || last.FieldPath != fieldPath)
        {
            lastReference = last = new ObjectReference
            {
                Kind = about.Kind,
                Namespace = meta.Namespace,
                Name = meta.Name,
                Uid = meta.Uid,
                ApiVersion = about.ApiVersion,
                ResourceVersion = meta.ResourceVersion,
                FieldPath = fieldPath,
            };
        }

        return last;
    }

    /// <summary>
    /// The object's name and the instant in hexadecimal nanoseconds, as upstream; the clock is coarser, so chance fills the last
    /// digits.
    /// </summary>
    private string NextName(string name)
    {
        var nanoseconds = ((clock.Now - DateTimeOffset.UnixEpoch).Ticks * 100) + chance.NextInt(1_000_000);
        lastNanoseconds = Math.Max(lastNanoseconds + 1, nanoseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{lastNanoseconds:x}");
    }

    /// <summary>How often an event happened, and where it is stored.</summary>
    /// <param name="Count">How often.</param>
    /// <param name="Name">The name of the event; null until it is stored, or when it could not be.</param>
    private readonly record struct Observation(int Count, string? Name);
}
