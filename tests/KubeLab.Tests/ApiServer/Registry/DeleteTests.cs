using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class DeleteTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void What_has_no_finalizers_goes_at_once()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));

        Assert.Null(f.Api.Delete<ConfigMap>("default", "a"));
        Assert.Equal("configmaps \"a\" not found", ServerFixture.Refused(() => f.Api.Delete<ConfigMap>("default", "a")).Message);
    }

    [Fact]
    public void What_has_finalizers_waits_for_the_last_of_them()
    {
        var map = ServerFixture.ConfigMap("a");
        f.Api.Create(map with { Metadata = map.Metadata with { Finalizers = ["lab/one"] } });
        var watch = f.Watch<ConfigMap>();

        var going = f.Api.Delete<ConfigMap>("default", "a")!;
        Assert.Equal((new Timestamp(f.Clock.Now), 0L), (going.Metadata.DeletionTimestamp, going.Metadata.DeletionGracePeriodSeconds));

        f.Api.Update(going with { Metadata = going.Metadata with { Finalizers = default } });
        Assert.Null(f.Api.Find<ConfigMap>("default", "a"));
        f.Settle();
        Assert.Equal(["Modified a", "Deleted a"], watch.Lines);
    }

    [Fact]
    public void A_pod_on_a_node_is_marked_and_its_kubelet_takes_it_away()
    {
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("web")), "node-1");

        var going = f.Api.Delete<Pod>("default", "web")!;
        Assert.Equal(f.Clock.Now.AddSeconds(30), going.Metadata.DeletionTimestamp!.Value.Instant);
        Assert.Equal(30, going.Metadata.DeletionGracePeriodSeconds);

        Assert.Null(f.Api.Delete<Pod>("default", "web", new DeleteOptions { GracePeriodSeconds = 0, Uid = going.Metadata.Uid }));
        Assert.Null(f.Api.Find<Pod>("default", "web"));
    }

    [Fact]
    public void A_second_delete_shortens_the_time_that_is_left_and_never_lengthens_it()
    {
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("web")), "node-1");
        f.Api.Delete<Pod>("default", "web");

        var shorter = f.Api.Delete<Pod>("default", "web", new DeleteOptions { GracePeriodSeconds = 10 })!;
        Assert.Equal(f.Clock.Now.AddSeconds(10), shorter.Metadata.DeletionTimestamp!.Value.Instant);
        var same = f.Api.Delete<Pod>("default", "web", new DeleteOptions { GracePeriodSeconds = 60 })!;
        Assert.Same(shorter.Metadata, same.Metadata);
    }

    [Fact]
    public void A_pod_that_no_kubelet_looks_after_or_that_has_ended_goes_at_once()
    {
        f.Api.Create(ServerFixture.Pod("unscheduled"));
        Assert.Null(f.Api.Delete<Pod>("default", "unscheduled"));

        f.Api.Bind(f.Api.Create(ServerFixture.Pod("done")), "node-1");
        var pod = f.Api.Get<Pod>("default", "done");
        f.Api.UpdateStatus(pod with { Status = pod.Status with { Phase = "Succeeded" } });
        Assert.Null(f.Api.Delete<Pod>("default", "done"));
    }

    [Fact]
    public void Preconditions_name_one_object_and_one_version()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));

        var uid = ServerFixture.Refused(() => f.Api.Delete<ConfigMap>("default", "a", new DeleteOptions { Uid = "u" }));
        Assert.Equal(
            $"Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (u) does not match the UID in record ({map.Metadata.Uid}). "
            + "The object might have been deleted and then recreated",
            uid.Message);
        var version = ServerFixture.Refused(() => f.Api.Delete<ConfigMap>("default", "a", new DeleteOptions { ResourceVersion = "1" }));
        Assert.Equal("Conflict", version.Reason);
        Assert.Contains("the ResourceVersion in the precondition (1) does not match", version.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Foreground", "foregroundDeletion")]
    [InlineData("Orphan", "orphan")]
    public void A_propagation_policy_becomes_a_finalizer_for_the_garbage_collector(string policy, string finalizer)
    {
        f.Api.Create(ServerFixture.Deployment("web"));

        var going = f.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = policy })!;

        Assert.Equal([finalizer], going.Metadata.Finalizers);
        Assert.Equal(2, going.Metadata.Generation);
        Assert.NotNull(going.Metadata.DeletionTimestamp);
    }

    [Fact]
    public void In_the_background_the_owner_goes_at_once()
    {
        f.Api.Create(ServerFixture.Deployment("web"));
        Assert.Null(f.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = "Background" }));
    }

    [Fact]
    public void A_collection_goes_by_its_selector()
    {
        f.Api.Create(ServerFixture.ConfigMap("a", labels: StringMap.Of(("app", "x"))));
        f.Api.Create(ServerFixture.ConfigMap("b", labels: StringMap.Of(("app", "y"))));
        f.Api.Create(ServerFixture.ConfigMap("c", labels: StringMap.Of(("app", "x"))));

        var gone = f.Api.DeleteCollection(ConfigMap.Resource, "default", new ListOptions { LabelSelector = "app=x" }, DeleteOptions.Default);

        Assert.Equal(["a", "c"], gone.Items.Select(i => i.Metadata.Name!));
        Assert.Equal(["b"], f.Api.List<ConfigMap>("default").Select(i => i.Metadata.Name!));
    }

    [Fact]
    public void An_eviction_is_a_polite_delete()
    {
        f.Api.Bind(f.Api.Create(ServerFixture.Pod("web")), "node-1");
        f.Api.Act(Pod.Resource, new ObjectKey("default", "web"), "eviction", new Eviction());
        Assert.Equal(30, f.Api.Get<Pod>("default", "web").Metadata.DeletionGracePeriodSeconds);
    }

    [Fact]
    public void A_dry_run_deletes_nothing()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));
        Assert.Null(f.Api.Delete<ConfigMap>("default", "a", new DeleteOptions { DryRun = true }));
        Assert.NotNull(f.Api.Find<ConfigMap>("default", "a"));
    }
}
