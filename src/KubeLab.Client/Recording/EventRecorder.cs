using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Recording;

/// <summary>Writes Event objects for people to read; an event that repeats is counted up instead of written again.</summary>
/// <remarks>Recording never fails its caller: an event that cannot be stored is lost, as upstream.</remarks>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/tools/record">client-go/tools/record</seealso>
public sealed class EventRecorder(IKubernetesApi api, VirtualClock clock, Randomness chance, string component, string? host = null)
{
    /// <summary>How many different events are remembered for counting, as upstream's cache.</summary>
    public const int RememberedMax = 4096;

    private readonly Dictionary<EventIdentity, Event> remembered = [];
    private readonly Queue<EventIdentity> oldest = new();
    private readonly EventSource source = new() { Component = component, Host = host };
    private long lastNanoseconds;

    /// <summary>Records that something went as expected.</summary>
    public void Normal(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Normal", reason, message, fieldPath);

    /// <summary>Records that something went wrong.</summary>
    public void Warning(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Warning", reason, message, fieldPath);

    private void Record(IApiObject about, string type, string reason, string message, string? fieldPath)
    {
        var identity = new EventIdentity(about.Metadata.Uid ?? about.Metadata.Name ?? "", fieldPath, type, reason, message);
        try
        {
            var stored = remembered.TryGetValue(identity, out var known) ? CountUp(known) : null;
            Remember(identity, stored ?? Write(about, type, reason, message, fieldPath));
        }
        catch (ApiException)
        {
            remembered.Remove(identity);
        }
    }

    private Event? CountUp(Event known)
    {
        if (api.Find<Event>(known.Metadata.Namespace!, known.Metadata.Name!) is not { } current)
        {
            return null;
        }

        return api.Update(current with { Count = current.Count + 1, LastTimestamp = clock.Now });
    }

    private Event Write(IApiObject about, string type, string reason, string message, string? fieldPath)
    {
        var ns = about.Metadata.Namespace is { Length: > 0 } own ? own : "default";
        Timestamp now = clock.Now;
        return api.Create(new Event
        {
            Metadata = new ObjectMeta { Name = NextName(about.Metadata.Name ?? ""), Namespace = ns },
            InvolvedObject = new ObjectReference
            {
                Kind = about.Kind,
                Namespace = about.Metadata.Namespace,
                Name = about.Metadata.Name,
                Uid = about.Metadata.Uid,
                ApiVersion = about.ApiVersion,
                ResourceVersion = about.Metadata.ResourceVersion,
                FieldPath = fieldPath,
            },
            Reason = reason,
            Message = message,
            Source = source,
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = 1,
            Type = type,
            ReportingController = component,
            ReportingInstance = host,
        });
    }

    /// <summary>The object's name and the instant in hexadecimal nanoseconds, as upstream; the clock is coarser, so chance fills the last digits.</summary>
    private string NextName(string name)
    {
        var nanoseconds = ((clock.Now - DateTimeOffset.UnixEpoch).Ticks * 100) + chance.NextInt(1_000_000);
        lastNanoseconds = Math.Max(lastNanoseconds + 1, nanoseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{lastNanoseconds:x}");
    }

    private void Remember(EventIdentity identity, Event stored)
    {
        if (!remembered.ContainsKey(identity))
        {
            oldest.Enqueue(identity);
            if (oldest.Count > RememberedMax)
            {
                remembered.Remove(oldest.Dequeue());
            }
        }

        remembered[identity] = stored;
    }

    private readonly record struct EventIdentity(string About, string? FieldPath, string Type, string Reason, string Message);
}
