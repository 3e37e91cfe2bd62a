using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Kinds.Events;

namespace KubeLab.Tests.ApiServer.Kinds.Events;

public sealed class StoredEventTests
{
    private static readonly string?[] Uids = [null, "0f8fad5b-d9cd-469f-a165-70867728950e", "0F8FAD5B-d9cd-469f-a165-70867728950e", "node-1", "00000000-0000-0000-0000-000000000000", ""];
    private static readonly string?[] Versions = [null, "1", "42", "007", "0", "1234567890123456789", "99999999999999999999", "x", ""];
    private static readonly string?[] Words = [null, "", "web", "Created container: web", "Successfully assigned default/web-7d4b8c-x2x5v to workers-eu-3 in a while"];

    private static readonly Gen<Event> Event =
        from uid in Gen.Elements(Uids)
        from aboutUid in Gen.Elements(Uids)
        from version in Gen.Elements(Versions)
        from aboutVersion in Gen.Elements(Versions)
        from name in Gen.Elements(Words)
        from aboutName in Gen.Elements(Words)
        from message in Gen.Elements(Words)
        from host in Gen.Elements(Words)
        from seconds in Gen.Elements([null, 0L, 1_770_000_000L, -5L, (long?)3])
        from count in Gen.Choose(0, 3)
        from odd in Gen.Choose(0, 12)
        select With(odd, new Event
        {
            Metadata = new() { Name = name, Namespace = aboutName, Uid = uid, ResourceVersion = version, CreationTimestamp = At(seconds) },
            InvolvedObject = new() { Kind = "Pod", Name = aboutName, Namespace = name, Uid = aboutUid, ResourceVersion = aboutVersion, FieldPath = message },
            Reason = message,
            Message = message,
            Source = new() { Component = name, Host = host },
            FirstTimestamp = At(seconds),
            LastTimestamp = At(seconds + 1),
            Count = count,
            Type = host,
            ReportingController = name,
            ReportingInstance = host,
        });

    [Fact]
    public void An_event_is_read_from_the_store_as_it_was_written()
    {
        var forms = new EventForms();
        Prop.ForAll(Event.ToArbitrary(), of => Read(StoredEvent.Of(of, forms)).Equals(of)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_store_gives_a_version_and_changes_nothing_else()
    {
        var forms = new EventForms();
        Prop.ForAll(Event.ToArbitrary(), of =>
        {
            var stored = StoredEvent.Of(of, forms);
            var stamped = stored is StoredEvent compact ? (IApiObject)compact.WithVersion(77) : stored.WithMetadata(stored.Metadata with { ResourceVersion = "77" });
            var labelled = stored.WithMetadata(stored.Metadata with { Labels = StringMap.Of(("a", "b")) });
            return stored.Metadata.Equals(of.Metadata)
                && Read(stamped).Equals(of.WithMetadata(of.Metadata with { ResourceVersion = "77" }))
                && Read(labelled).Equals(of.WithMetadata(of.Metadata with { Labels = StringMap.Of(("a", "b")) }));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_a_recorder_writes_is_kept_in_the_short_form_and_equal_events_are_equal_there()
    {
        var forms = new EventForms();
        var of = new Event
        {
            Metadata = new() { Name = "web.18a", Namespace = "default", Uid = Uids[1], ResourceVersion = "12", CreationTimestamp = At(5) },
            InvolvedObject = new() { Kind = "Pod", ApiVersion = "v1", Namespace = "default", Name = "web", Uid = Uids[1], ResourceVersion = "11" },
            Reason = "Started",
            Message = "Started container web",
            Count = 1,
        };
        Assert.IsType<StoredEvent>(StoredEvent.Of(of, forms));
        Assert.Equal(StoredEvent.Of(of, forms), StoredEvent.Of(of with { Message = string.Concat("Started ", "container web") }, new EventForms()));
        Assert.NotEqual(StoredEvent.Of(of, forms), StoredEvent.Of(of with { Count = 2 }, forms));
    }

    [Fact]
    public void Events_are_served_whole_whatever_they_say()
    {
        var server = new ServerFixture();
        var plain = server.Api.Create(new Event { Metadata = new() { Name = "a", Namespace = "default" }, InvolvedObject = new() { Kind = "Pod", Namespace = "default", Name = "p" }, Reason = "Started" });
        var labelled = server.Api.Create(new Event
        {
            Metadata = new() { Name = "b", Namespace = "default", Labels = StringMap.Of(("a", "b")) },
            InvolvedObject = new() { Kind = "Pod", Namespace = "default", Name = "p" },
            Action = "Binding",
        });
        Assert.Equal([plain, labelled], server.Api.List<Event>("default"));
        Assert.Equal(3, server.Api.Update(plain with { Count = 3 }).Count);
        Assert.Equal(["a"], server.Api.List<Event>("default", new ListOptions { FieldSelector = "reason=Started" }).Select(e => e.Metadata.Name));
    }

    private static Event Read(IApiObject stored) => stored is StoredEvent packed ? packed.Read() : (Event)stored;

    private static Timestamp? At(long? seconds) => seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s) : null;

    /// <summary>Some events say what is rarely said.</summary>
    private static Event With(int odd, Event of) => odd switch
    {
        1 => of with { Action = "Binding" },
        2 => of with { EventTime = DateTimeOffset.FromUnixTimeSeconds(7) },
        3 => of with { Related = new() { Name = "other" } },
        4 => of.WithMetadata(of.Metadata with { Labels = StringMap.Of(("a", "b")) }),
        5 => of.WithMetadata(of.Metadata with { Finalizers = ["x"] }),
        6 => of.WithMetadata(of.Metadata with { DeletionTimestamp = At(9), DeletionGracePeriodSeconds = 0 }),
        7 => of.WithMetadata(of.Metadata with { GenerateName = "web-", Generation = odd }),
        8 => of.WithMetadata(of.Metadata with { ManagedFields = [new() { Manager = odd.ToString(CultureInfo.InvariantCulture) }] }),
        _ => of,
    };
}
