using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.LeaderElection;
using KubeLab.Client.Recording;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Tests.Client.LeaderElection;

public sealed class LeaderElectorTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly Randomness chance = new(5);
    private readonly Server server;
    private readonly IKubernetesApi api;
    private readonly List<string> story = [];

    public LeaderElectorTests()
    {
        server = new Server(clock, chance.For("server"), EtcdCluster.OfOne(clock));
        api = server.ConnectAs("test");
    }

    private Lease Lease => api.Get<Lease>("kube-system", "thing");

    [Fact]
    public void The_first_one_leads_and_renews_every_two_seconds()
    {
        var a = Candidate("a");
        a.Start();
        Assert.Equal(["a leads"], story);
        clock.RunFor(TimeSpan.FromSeconds(61));
        Assert.Equal(("a", 15, 0), (Lease.Spec.HolderIdentity, Lease.Spec.LeaseDurationSeconds, Lease.Spec.LeaseTransitions));
        Assert.Equal(TimeSpan.FromSeconds(60), Lease.Spec.RenewTime!.Value.Instant - Lease.Spec.AcquireTime!.Value.Instant);
        var told = Assert.Single(api.List<Event>("kube-system"));
        Assert.Equal(("LeaderElection", "a became leader", "Lease", "thing"), (told.Reason, told.Message, told.InvolvedObject.Kind, told.InvolvedObject.Name));
    }

    [Fact]
    public void When_a_leader_dies_another_one_takes_over_once_its_lease_has_run_out()
    {
        var (a, b, c) = (Candidate("a"), Candidate("b"), Candidate("c"));
        a.Start();
        b.Start();
        c.Start();
        clock.RunFor(TimeSpan.FromSeconds(60));
        a.Stop(isKilled: true);
        var died = clock.Now;
        clock.RunFor(TimeSpan.FromSeconds(12));
        Assert.Equal(["a leads"], story);
        Assert.True(clock.RunUntil(() => b.IsLeading || c.IsLeading, TimeSpan.FromSeconds(30)));
        Assert.InRange(clock.Now - died, TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(15 + 4.4));
        Assert.NotEqual(b.IsLeading, c.IsLeading);
        Assert.Equal(1, Lease.Spec.LeaseTransitions);
        clock.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(2, story.Count);
    }

    [Fact]
    public void Who_gives_the_lease_back_is_followed_at_the_next_try()
    {
        var (a, b) = (Candidate("a", releases: true), Candidate("b"));
        a.Start();
        b.Start();
        clock.RunFor(TimeSpan.FromSeconds(60));
        a.Stop(isKilled: false);
        Assert.Equal(("", 1), (Lease.Spec.HolderIdentity, Lease.Spec.LeaseDurationSeconds));
        clock.RunFor(TimeSpan.FromSeconds(4.5));
        Assert.True(b.IsLeading);
        Assert.Contains(api.List<Event>("kube-system"), e => e.Message == "a stopped leading");
    }

    [Fact]
    public void Who_does_not_give_it_back_is_waited_for()
    {
        var (a, b) = (Candidate("a"), Candidate("b"));
        a.Start();
        b.Start();
        clock.RunFor(TimeSpan.FromSeconds(60));
        a.Stop(isKilled: false);
        clock.RunFor(TimeSpan.FromSeconds(12));
        Assert.False(b.IsLeading);
        clock.RunFor(TimeSpan.FromSeconds(8));
        Assert.True(b.IsLeading);
    }

    [Fact]
    public void A_leader_that_cannot_renew_for_ten_seconds_ends()
    {
        var a = Candidate("a");
        a.Start();
        clock.RunFor(TimeSpan.FromSeconds(60));
        server.Stop();
        clock.RunFor(TimeSpan.FromSeconds(9.9));
        Assert.True(a.IsLeading);
        clock.RunFor(TimeSpan.FromSeconds(2.1));
        Assert.Equal(["a leads", "a lost"], story);
        server.Start();
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(2, story.Count);
    }

    [Fact]
    public void A_short_absence_of_the_server_is_lived_through()
    {
        var a = Candidate("a");
        a.Start();
        clock.RunFor(TimeSpan.FromSeconds(60));
        server.Stop();
        clock.RunFor(TimeSpan.FromSeconds(7));
        server.Start();
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(["a leads"], story);
        Assert.Equal(0, Lease.Spec.LeaseTransitions);
    }

    [Fact]
    public void A_lease_that_somebody_deletes_is_made_again()
    {
        var a = Candidate("a");
        a.Start();
        clock.RunFor(TimeSpan.FromSeconds(10));
        api.Delete<Lease>("kube-system", "thing");
        clock.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal("a", Lease.Spec.HolderIdentity);
        Assert.Equal(["a leads"], story);
    }

    [Fact]
    public void A_lease_that_somebody_else_writes_into_is_lost()
    {
        var a = Candidate("a");
        a.Start();
        clock.RunFor(TimeSpan.FromSeconds(10));
        var lease = Lease;
        api.Update(lease with { Spec = lease.Spec with { HolderIdentity = "usurper" } });
        clock.RunFor(TimeSpan.FromSeconds(12));
        Assert.Equal(["a leads", "a lost"], story);
        Assert.Equal("usurper", Lease.Spec.HolderIdentity);
    }

    private LeaderElector Candidate(string name, bool releases = false) => new(
        new LeaseLock(api, "kube-system", "thing", name, new EventRecorder(api, clock, chance.For($"events/{name}"), "thing")),
        clock,
        chance.For(name),
        LeaderElectionOptions.Default with { ReleaseOnCancel = releases })
    {
        StartedLeading = () => story.Add($"{name} leads"),
        LostLeading = () => story.Add($"{name} lost"),
    };
}
