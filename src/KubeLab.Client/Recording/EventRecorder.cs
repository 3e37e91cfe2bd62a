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
/// <remarks>
/// Recording never fails its caller. While the server cannot be reached events wait in line, and each is tried <see cref="TriesMax"/> times at most; one that the server refuses is
/// lost, as upstream.
/// </remarks>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/tools/record">client-go/tools/record</seealso>
public sealed class EventRecorder(IKubernetesApi api, VirtualClock clock, Randomness chance, string component, string? host = null)
{
    /// <summary>How many different events are remembered for counting, as upstream's cache.</summary>
    public const int RememberedMax = 4096;

    /// <summary>How often an event is sent to a server that cannot be reached.</summary>
    public const int TriesMax = 12;

    /// <summary>How many events wait in line; later ones are lost.</summary>
    public const int WaitingMax = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const string Combined = "(combined from similar events): ";
    private readonly Recent<ulong, Observation> observed = new(RememberedMax);
    private readonly EventCorrelation correlation = new(RememberedMax);
    private readonly EventSource source = new() { Component = component, Host = host };
    private Queue<Sending>? waiting;
    private Scheduled? next;
    private int tries;
    private long lastNanoseconds;
    private ObjectReference? lastReference;

    /// <summary>Records that something went as expected.</summary>
    public void Normal(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Normal", reason, message, fieldPath);

    /// <summary>Records that something went wrong.</summary>
    public void Warning(IApiObject about, string reason, string message, string? fieldPath = null) =>
        Record(about, "Warning", reason, message, fieldPath);

    /// <summary>Forgets the events that wait to be sent, as a process that ends.</summary>
    public void Stop()
    {
        next?.Cancel();
        next = null;
        waiting = null;
    }

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
            observation = observation with { Name = Send(new Sending(identity, about, observation.Count, type, reason, message, fieldPath, clock.Now), observation.Name) };
        }

        observed.Set(identity, observation);
    }

    /// <summary>Writes it, counts it up, or puts it in line; its name, or null when it is not stored.</summary>
    private string? Send(in Sending sending, string? name)
    {
        // Events arrive in their order, so behind one that waits all wait.
        if (waiting is { Count: > 0 })
        {
            if (waiting.Count < WaitingMax)
            {
                waiting.Enqueue(sending);
            }

            return name;
        }

        if (!TryStore(sending, ref name))
        {
            (waiting ??= []).Enqueue(sending);
            tries = 1;
            next = clock.After(Pause * chance.NextDouble(), SendAgain);
        }

        return name;
    }

    private void SendAgain()
    {
        while (waiting!.TryPeek(out var sending))
        {
            observed.TryGet(sending.Identity, out var observation);
            var name = observation.Name;
            if (!TryStore(sending, ref name) && ++tries < TriesMax)
            {
                next = clock.After(Pause, SendAgain);
                return;
            }

            observed.Set(sending.Identity, observation with { Name = name });
            waiting.Dequeue();
            tries = 0;
        }
    }

    /// <summary>Stores an event or gives it up; false when nobody was there to take it.</summary>
    private bool TryStore(in Sending sending, ref string? name)
    {
        try
        {
            if (name is null || api.Find<Event>(NamespaceOf(sending.About), name) is not { } current)
            {
                name = Write(sending).Metadata.Name;
                return true;
            }

            api.Update(current with { Count = sending.Count, Message = sending.Message, LastTimestamp = sending.At });
            return true;
        }
        catch (ApiException refusal)
        {
            name = null;
            return !IsUnreachable(refusal);
        }
    }

    private static bool IsUnreachable(ApiException refusal) => refusal.Message.Contains("dial tcp", StringComparison.Ordinal);

    private static string NamespaceOf(IApiObject about) => about.Metadata.Namespace is { Length: > 0 } own ? own : "default";

    private Event Write(in Sending sending)
    {
        Timestamp at = sending.At;
        return api.Create(new Event
        {
            Metadata = new ObjectMeta { Name = NextName(sending.About.Metadata.Name ?? "", sending.At), Namespace = NamespaceOf(sending.About) },
            InvolvedObject = ReferenceTo(sending.About, sending.FieldPath),
            Reason = sending.Reason,
            Message = sending.Message,
            Source = source,
            FirstTimestamp = at,
            LastTimestamp = at,
            Count = sending.Count,
            Type = sending.Type,
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
    private string NextName(string name, DateTimeOffset at)
    {
        var nanoseconds = ((at - DateTimeOffset.UnixEpoch).Ticks * 100) + chance.NextInt(1_000_000);
        lastNanoseconds = Math.Max(lastNanoseconds + 1, nanoseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{lastNanoseconds:x}");
    }

    /// <summary>How often an event happened, and where it is stored.</summary>
    /// <param name="Count">How often.</param>
    /// <param name="Name">The name of the event; null until it is stored, or when it could not be.</param>
    private readonly record struct Observation(int Count, string? Name);

    /// <summary>One event on its way to the server.</summary>
    private readonly record struct Sending(
        ulong Identity, IApiObject About, int Count, string Type, string Reason, string Message, string? FieldPath, DateTimeOffset At);
}
