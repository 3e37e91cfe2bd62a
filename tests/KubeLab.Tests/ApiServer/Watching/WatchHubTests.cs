using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;

namespace KubeLab.Tests.ApiServer.Watching;

public sealed class WatchHubTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void Changes_come_in_order_and_never_inside_the_call_that_makes_them()
    {
        var watch = f.Watch<ConfigMap>();
        f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Api.Update(ServerFixture.ConfigMap("a", "2"));
        f.Api.Delete<ConfigMap>("default", "a");
        Assert.Empty(watch.Lines);

        f.Settle();
        Assert.Equal(["Added a", "Modified a", "Deleted a"], watch.Lines);
        Assert.Equal(f.Server.ResourceVersion, watch.Events[2].Object.Metadata.ResourceVersion);
        Assert.Equal("2", ((ConfigMap)watch.Events[2].Object).Data["key"]);
    }

    [Fact]
    public void From_a_version_come_the_changes_after_it()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));
        var version = f.Server.ResourceVersion;
        f.Api.Create(ServerFixture.ConfigMap("b"));
        var watch = f.Watch<ConfigMap>(options: new ListOptions { ResourceVersion = version });
        f.Api.Create(ServerFixture.ConfigMap("c"));
        f.Settle();

        Assert.Equal(["Added b", "Added c"], watch.Lines);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public void Without_a_version_what_exists_comes_first(string? version)
    {
        f.Api.Create(ServerFixture.ConfigMap("b"));
        f.Api.Create(ServerFixture.ConfigMap("a"));
        var watch = f.Watch<ConfigMap>("default", new ListOptions { ResourceVersion = version });
        f.Api.Update(ServerFixture.ConfigMap("b", "2"));
        f.Settle();

        Assert.Equal(["Added a", "Added b", "Modified b"], watch.Lines);
    }

    [Fact]
    public void What_enters_a_selector_is_added_and_what_leaves_it_is_deleted_in_its_last_state()
    {
        var (yes, no) = (StringMap.Of(("app", "x")), StringMap.Of(("app", "y")));
        var watch = f.Watch<ConfigMap>(options: new ListOptions { LabelSelector = "app=x", ResourceVersion = f.Server.ResourceVersion });
        f.Api.Create(ServerFixture.ConfigMap("a", "1", no));
        f.Api.Update(ServerFixture.ConfigMap("a", "2", yes));
        f.Api.Update(ServerFixture.ConfigMap("a", "3", yes));
        f.Api.Update(ServerFixture.ConfigMap("a", "4", no));
        f.Api.Delete<ConfigMap>("default", "a");
        f.Settle();

        Assert.Equal(["Added a", "Modified a", "Deleted a"], watch.Lines);
        var last = (ConfigMap)watch.Events[2].Object;
        Assert.Equal(("3", "x"), (last.Data["key"], last.Metadata.Labels["app"]));
        Assert.True(long.Parse(last.Metadata.ResourceVersion!) > long.Parse(watch.Events[1].Object.Metadata.ResourceVersion!));
    }

    [Fact]
    public void A_kubelet_hears_of_its_own_pods_only()
    {
        var one = f.Watch<Pod>(options: new ListOptions { FieldSelector = "spec.nodeName=node-1", ResourceVersion = f.Server.ResourceVersion });
        var two = f.Watch<Pod>(options: new ListOptions { FieldSelector = "spec.nodeName=node-2", ResourceVersion = f.Server.ResourceVersion });
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("a")), "node-1");
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("b")), "node-2");
        f.Api.Delete<Pod>("default", "a", new DeleteOptions { GracePeriodSeconds = 0 });
        f.Settle();

        Assert.Equal(["Added a", "Deleted a"], one.Lines);
        Assert.Equal(["Added b"], two.Lines);
    }

    [Fact]
    public void One_name_and_one_namespace_can_be_watched()
    {
        f.Api.Create(new Namespace { Metadata = new() { Name = "team" } });
        var named = f.Watch<Pod>("default", new ListOptions { FieldSelector = "metadata.name=a", ResourceVersion = f.Server.ResourceVersion });
        var team = f.Watch<Pod>("team");
        f.Api.Create(ServerFixture.Pod("a"));
        f.Api.Create(ServerFixture.Pod("b"));
        f.Api.Create(ServerFixture.Pod("a", "team"));
        f.Settle();

        Assert.Equal(["Added a"], named.Lines);
        Assert.Equal("default", named.Events[0].Object.Metadata.Namespace);
        Assert.Equal(["Added a"], team.Lines);
    }

    [Fact]
    public void A_version_that_is_compacted_away_ends_the_watch_with_410()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Etcd.Compact(f.Etcd.Revision);
        var watch = f.Watch<ConfigMap>(options: new ListOptions { ResourceVersion = "1" });
        Assert.False(watch.HasEnded);

        f.Settle();
        Assert.Equal((410, "Expired"), (watch.Error!.Code, watch.Error.Reason));
        Assert.Equal($"too old resource version: 1 ({f.Etcd.CompactedRevision})", watch.Error.Message);
    }

    [Fact]
    public void A_reader_that_is_too_slow_loses_its_watch_and_others_do_not()
    {
        var slow = f.Watch<ConfigMap>(queueMax: 2);
        var quick = f.Watch<ConfigMap>();
        for (var i = 0; i < 4; i++)
        {
            f.Api.Create(ServerFixture.ConfigMap($"m{i}"));
        }

        f.Settle();
        Assert.True(slow.HasEnded);
        Assert.Equal("Expired", slow.Error!.Reason);
        Assert.Equal(4, quick.Lines.Count);
    }

    [Fact]
    public void A_watch_ends_when_its_time_is_up()
    {
        var watch = f.Watch<ConfigMap>(options: new ListOptions { ResourceVersion = f.Server.ResourceVersion, Timeout = TimeSpan.FromSeconds(20) });
        f.Clock.RunFor(TimeSpan.FromSeconds(19));
        Assert.False(watch.HasEnded);
        f.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(watch.HasEnded);
        Assert.Null(watch.Error);
    }

    [Fact]
    public void Bookmarks_come_every_minute_to_those_who_allow_them()
    {
        var with = f.Watch<ConfigMap>(options: new ListOptions { ResourceVersion = f.Server.ResourceVersion, AllowWatchBookmarks = true });
        var without = f.Watch<ConfigMap>();
        f.Api.Create(ServerFixture.Pod("elsewhere"));
        f.Clock.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(WatchEventType.Bookmark, Assert.Single(with.Events).Type);
        Assert.Equal(f.Server.ResourceVersion, with.Events[0].Object.Metadata.ResourceVersion);
        Assert.Empty(without.Lines);
    }

    [Fact]
    public void What_a_sink_writes_comes_after_what_it_was_told()
    {
        var watch = f.Watch<ConfigMap>();
        watch.Then = change =>
        {
            if (change.Object.Metadata.Name == "a" && change.Type == WatchEventType.Added)
            {
                f.Api.Create(ServerFixture.ConfigMap("from-sink"));
            }
        };
        f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Api.Create(ServerFixture.ConfigMap("b"));
        f.Settle();

        Assert.Equal(["Added a", "Added b", "Added from-sink"], watch.Lines);
    }

    [Fact]
    public void A_watch_that_is_disposed_is_silent()
    {
        var watch = f.Watch<ConfigMap>();
        f.Api.Create(ServerFixture.ConfigMap("a"));
        watch.Handle!.Dispose();
        f.Settle();

        Assert.Empty(watch.Lines);
        Assert.False(watch.HasEnded);
    }

    [Fact]
    public void A_server_that_is_killed_refuses_calls_and_ends_watches_and_comes_back_as_it_was()
    {
        f.Api.Create(ServerFixture.Pod("a"));
        var watch = f.Watch<Pod>();
        f.Server.Stop();

        var status = ServerFixture.Refused(() => f.Api.Get<Pod>("default", "a"));
        Assert.Equal(
            (503, "Get \"https://127.0.0.1:6443/api/v1/namespaces/default/pods/a\": dial tcp 127.0.0.1:6443: connect: connection refused"),
            (status.Code, status.Message));
        f.Settle();
        Assert.True(watch.HasEnded);

        f.Server.Start();
        f.Api.Bind(f.Api.Get<Pod>("default", "a"), "node-1");
        Assert.Single(f.Api.List<Pod>(null, new ListOptions { FieldSelector = "spec.nodeName=node-1" }));
    }

    [Fact]
    public void An_informer_is_right_again_after_the_server_was_away()
    {
        f.Api.Create(ServerFixture.Pod("a"));
        var informer = new Informer<Pod>(f.Api, f.Clock, Pod.Resource);
        informer.Start();
        f.Server.Stop();
        f.Clock.RunFor(TimeSpan.FromMinutes(2));
        f.Server.Start();
        f.Api.Create(ServerFixture.Pod("b"));
        f.Clock.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(["a", "b"], informer.Objects.Select(p => p.Metadata.Name!));
    }

    [Fact]
    public void A_server_that_finds_no_store_starts_when_it_comes_back()
    {
        f.Etcd.Stop();
        f.Server.Stop();
        f.Server.Start();
        f.Clock.RunFor(TimeSpan.FromSeconds(5));
        Assert.False(f.Server.IsUp);

        f.Etcd.Start();
        f.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(f.Server.IsUp);
        Assert.Equal(4, f.Api.List<Namespace>().Count);
    }

    [Fact]
    public void A_store_without_a_majority_is_an_internal_error_with_its_own_text()
    {
        f.Etcd.Stop();
        var status = ServerFixture.Refused(() => f.Api.Get<Pod>("default", "a"));
        Assert.Equal((500, "etcdserver: request timed out"), (status.Code, status.Message));
    }
}
