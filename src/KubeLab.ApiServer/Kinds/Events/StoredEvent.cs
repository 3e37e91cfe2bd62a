using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Kinds.Events;

/// <summary>
/// An event as the store keeps it: one object instead of nine. A large cluster holds more events than everything else together, and hardly any of
/// them is ever read.
/// </summary>
/// <remarks>Upstream keeps events as protobuf, for the same reason.</remarks>
internal sealed record StoredEvent : ICompactObject
{
    private readonly EventForm form;
    private readonly string? aboutName;
    private readonly EventText message;
    private readonly Guid uid;
    private readonly Guid aboutUid;
    private readonly long created;
    private readonly long first;
    private readonly long last;
    private readonly long aboutVersion;
    private readonly int count;
    private long version;

    private StoredEvent(Event of, EventForm form, EventText message, Guid uid, Guid aboutUid, long version, long aboutVersion)
    {
        this.form = form;
        this.message = message;
        this.uid = uid;
        this.aboutUid = aboutUid;
        this.version = version;
        this.aboutVersion = aboutVersion;
        Name = of.Metadata.Name!;
        aboutName = of.InvolvedObject.Name;
        created = Timestamp.Pack(of.Metadata.CreationTimestamp);
        first = Timestamp.Pack(of.FirstTimestamp);
        last = Timestamp.Pack(of.LastTimestamp);
        count = of.Count;
    }

    public string ApiVersion => "v1";

    public string Kind => Event.Resource.Kind;

    public string Name { get; }

    public IApiObject Unfolded => Read();

    public ObjectMeta Metadata => new()
    {
        Name = Name,
        Namespace = form.Namespace,
        Uid = Text(uid),
        ResourceVersion = Text(version),
        CreationTimestamp = Timestamp.Unpack(created),
    };

    /// <summary>The event in this form; the event itself when it says anything that has no place here.</summary>
    public static IApiObject Of(Event of, EventForms forms)
    {
        var meta = of.Metadata;
        var about = of.InvolvedObject;
        return IsPlain(of) && IsPlain(meta) && about.Overflow is null && meta.Name is not null
            && TryRead(meta.Uid, out Guid uid) && TryRead(about.Uid, out Guid aboutUid)
            && TryRead(meta.ResourceVersion, out long version) && TryRead(about.ResourceVersion, out long aboutVersion)
            ? new StoredEvent(of, forms.Shared(EventForm.Of(of)), EventText.Of(of.Message, forms), uid, aboutUid, version, aboutVersion)
            : of;
    }

    /// <summary>The event.</summary>
    public Event Read() => new()
    {
        Metadata = Metadata,
        InvolvedObject = new()
        {
            Kind = form.Kind,
            Namespace = form.AboutNamespace,
            Name = aboutName,
            Uid = Text(aboutUid),
            ApiVersion = form.ApiVersion,
            ResourceVersion = Text(aboutVersion),
            FieldPath = form.FieldPath,
        },
        Reason = form.Reason,
        Message = message.ToString(),
        Source = form.Source,
        FirstTimestamp = Timestamp.Unpack(first),
        LastTimestamp = Timestamp.Unpack(last),
        Count = count,
        Type = form.Type,
        ReportingController = form.ReportingController,
        ReportingInstance = form.ReportingInstance,
    };

    public ICompactObject WithVersion(long revision) => this with { version = revision };

    public IApiObject WithMetadata(ObjectMeta metadata) => Read().WithMetadata(metadata);

    private static bool IsPlain(Event of) =>
        of is { Overflow: null, EventTime: null, Series: null, Action: null, Related: null };

    private static bool IsPlain(ObjectMeta meta) => meta is
    {
        Overflow: null,
        GenerateName: null,
        Generation: 0,
        DeletionTimestamp: null,
        DeletionGracePeriodSeconds: null,
        Labels.IsEmpty: true,
        Annotations.IsEmpty: true,
        OwnerReferences.IsEmpty: true,
        Finalizers.IsEmpty: true,
        ManagedFields.IsEmpty: true,
    };

    /// <summary>Whether the identity is written as this form writes it back, or absent.</summary>
    private static bool TryRead(string? text, out Guid uid)
    {
        uid = Guid.Empty;
        return text is null || (Guid.TryParseExact(text, "D", out uid) && uid != Guid.Empty && !text.AsSpan().ContainsAnyInRange('A', 'F'));
    }

    /// <summary>Whether the version is written as this form writes it back, or absent.</summary>
    private static bool TryRead(string? text, out long version)
    {
        version = 0;
        return text is null || (text.Length is > 0 and < 19 && text[0] is >= '1' and <= '9' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version));
    }

    private static string? Text(Guid uid) => uid == Guid.Empty ? null : uid.ToString();

    private static string? Text(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
