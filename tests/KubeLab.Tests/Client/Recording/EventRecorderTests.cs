using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Tests.Client.Recording;

public sealed class EventRecorderTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly KubeLab.ApiServer.ApiServer server;
    private readonly IKubernetesApi api;
    private readonly EventRecorder recorder;
    private readonly Pod pod = new() { Metadata = new() { Name = "web", Namespace = "default", Uid = "1" } };

    public EventRecorderTests()
    {
        var chance = new Randomness(7);
        server = new KubeLab.ApiServer.ApiServer(clock, chance, EtcdCluster.OfOne(clock));
        api = server.ConnectAs("test");
        recorder = new EventRecorder(api, clock, chance.For("events"), "kubelet", "worker-1");
    }

    [Fact]
    public void An_event_that_repeats_is_counted_up()
    {
        recorder.Warning(pod, "BackOff", "Back-off restarting failed container");
        clock.RunFor(TimeSpan.FromSeconds(90));
        recorder.Warning(pod, "BackOff", "Back-off restarting failed container");
        var stored = Assert.Single(Events);
        Assert.Equal((2, TimeSpan.FromSeconds(90)), (stored.Count, stored.LastTimestamp!.Value.Instant - stored.FirstTimestamp!.Value.Instant));
    }

    [Fact]
    public void Events_wait_for_a_server_that_cannot_be_reached_and_arrive_in_order_with_their_own_times()
    {
        server.Stop();
        var first = clock.Now;
        recorder.Normal(pod, "Pulled", "one");
        clock.RunFor(TimeSpan.FromSeconds(30));
        recorder.Normal(pod, "Created", "two");
        clock.RunFor(TimeSpan.FromSeconds(30));
        server.Start();
        clock.RunFor(TimeSpan.FromSeconds(11));
        Assert.Equal(["one", "two"], Events.Select(e => e.Message));
        Assert.Equal([first, first.AddSeconds(30)], Events.Select(e => e.FirstTimestamp!.Value.Instant));
    }

    [Fact]
    public void After_twelve_tries_an_event_is_given_up()
    {
        server.Stop();
        recorder.Normal(pod, "Pulled", "one");
        clock.RunFor(TimeSpan.FromMinutes(3));
        server.Start();
        recorder.Normal(pod, "Pulled", "two");
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(["two"], Events.Select(e => e.Message));
    }

    [Fact]
    public void A_process_that_ends_takes_its_unsent_events_with_it()
    {
        server.Stop();
        recorder.Normal(pod, "Pulled", "one");
        recorder.Stop();
        server.Start();
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Empty(Events);
    }

    [Fact]
    public void The_tenth_different_message_of_a_reason_and_those_after_it_are_combined()
    {
        for (var i = 1; i <= 12; i++)
        {
            recorder.Normal(pod, "SuccessfulCreate", $"Created pod: web-{i}");
        }

        Assert.Equal(10, Events.Count);
        var combined = Events.Single(e => e.Message!.StartsWith('('));
        Assert.Equal((3, "(combined from similar events): Created pod: web-12"), (combined.Count, combined.Message));
    }

    [Fact]
    public void After_ten_quiet_minutes_messages_stand_alone_again()
    {
        for (var i = 1; i <= 10; i++)
        {
            recorder.Normal(pod, "SuccessfulCreate", $"Created pod: web-{i}");
        }

        clock.RunFor(EventCorrelationInterval + TimeSpan.FromSeconds(1));
        recorder.Normal(pod, "SuccessfulCreate", "Created pod: web-11");
        Assert.Contains(Events, e => e.Message == "Created pod: web-11");
    }

    [Fact]
    public void An_object_gets_25_writes_in_a_row_and_then_one_in_five_minutes_but_nothing_goes_uncounted()
    {
        for (var i = 0; i < 100; i++)
        {
            recorder.Warning(pod, "Unhealthy", "Readiness probe failed");
        }

        Assert.Equal(25, Assert.Single(Events).Count);
        clock.RunFor(TimeSpan.FromMinutes(5));
        recorder.Warning(pod, "Unhealthy", "Readiness probe failed");
        Assert.Equal(101, Assert.Single(Events).Count);
    }

    private static TimeSpan EventCorrelationInterval => TimeSpan.FromMinutes(10);

    private IReadOnlyList<Event> Events => api.List<Event>("default");
}
