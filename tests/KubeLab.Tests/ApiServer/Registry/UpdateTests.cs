using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class UpdateTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void A_stale_version_is_a_conflict()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Api.Update(map with { Data = StringMap.Of(("key", "2")) });

        var status = ServerFixture.Refused(() => f.Api.Update(map with { Data = StringMap.Of(("key", "3")) }));

        Assert.Equal((409, "Conflict"), (status.Code, status.Reason));
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again",
            status.Message);
    }

    [Fact]
    public void Without_a_version_an_update_replaces_whatever_is_there()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Api.Update(map with { Data = StringMap.Of(("key", "2")) });

        var last = f.Api.Update(ServerFixture.ConfigMap("a", "3"));

        Assert.Equal("3", last.Data["key"]);
        Assert.Equal((map.Metadata.Uid, map.Metadata.CreationTimestamp), (last.Metadata.Uid, last.Metadata.CreationTimestamp));
    }

    [Fact]
    public void A_lease_is_updated_at_its_version_only()
    {
        var lease = new Lease { Metadata = new() { Name = "l", Namespace = "kube-node-lease" }, Spec = new() { HolderIdentity = "a" } };
        f.Api.Create(lease);

        var status = ServerFixture.Refused(() => f.Api.Update(lease with { Spec = new() { HolderIdentity = "b" } }));
        Assert.Contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_object_of_the_same_name_is_a_conflict()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));
        var other = map with { Metadata = new() { Name = "a", Namespace = "default", Uid = "u" } };

        var status = ServerFixture.Refused(() => f.Api.Update(other));

        Assert.Equal("Conflict", status.Reason);
        Assert.Contains($"Precondition failed: UID in precondition: u, UID in object meta: {map.Metadata.Uid}", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_changes_nothing_is_no_write()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));
        var watch = f.Watch<ConfigMap>();

        Assert.Same(map, f.Api.Update(ServerFixture.ConfigMap("a")));
        Assert.Same(map, f.Api.Patch<ConfigMap>("default", "a", ServerFixture.MergePatch("""{"data":{"key":"1"}}""")));
        f.Settle();
        Assert.Empty(watch.Lines);
    }

    [Fact]
    public void The_generation_counts_changes_of_the_spec_alone()
    {
        var deployment = f.Api.Create(ServerFixture.Deployment("web"));
        deployment = f.Api.UpdateStatus(deployment with { Status = new() { Replicas = 1 }, Spec = deployment.Spec with { Replicas = 9 } });
        Assert.Equal((1, 2, 1), (deployment.Metadata.Generation, deployment.Spec.Replicas, deployment.Status.Replicas));

        deployment = f.Api.Update(deployment with { Metadata = deployment.Metadata with { Labels = StringMap.Of(("a", "b")) } });
        Assert.Equal(1, deployment.Metadata.Generation);

        deployment = f.Api.Update(deployment with { Spec = deployment.Spec with { Replicas = 3 }, Status = new() { Replicas = 9 } });
        Assert.Equal((2, 3, 1), (deployment.Metadata.Generation, deployment.Spec.Replicas, deployment.Status.Replicas));
    }

    [Fact]
    public void What_does_not_exist_is_not_found()
    {
        var status = ServerFixture.Refused(() => f.Api.Update(ServerFixture.ConfigMap("a")));
        Assert.Equal((404, "configmaps \"a\" not found"), (status.Code, status.Message));
    }

    [Fact]
    public void A_dry_run_shows_the_result_and_stores_nothing()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));
        Assert.Equal("2", f.Api.Update(ServerFixture.ConfigMap("a", "2"), new WriteOptions { DryRun = true }).Data["key"]);
        Assert.Equal("1", f.Api.Get<ConfigMap>("default", "a").Data["key"]);
    }

    [Fact]
    public void Each_patch_changes_what_it_names()
    {
        f.Api.Create(ServerFixture.Deployment("web"));

        var merged = f.Api.Patch<Deployment>("default", "web", ServerFixture.MergePatch("""{"spec":{"replicas":5}}"""));
        Assert.Equal((5, "web"), (merged.Spec.Replicas, merged.Spec.Template.Metadata.Labels["app"]));

        var json = new PatchBody(PatchType.Json, JsonNode.Parse("""[{"op":"replace","path":"/spec/replicas","value":6}]""")!);
        Assert.Equal(6, f.Api.Patch<Deployment>("default", "web", json).Spec.Replicas);

        var strategic = new PatchBody(
            PatchType.Strategic, JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"nginx:1.28"}]}}}}""")!);
        var patched = f.Api.Patch<Deployment>("default", "web", strategic);
        Assert.Equal(["nginx:1.28"], patched.Spec.Template.Spec.Containers.Select(c => c.Image!));
    }

    [Fact]
    public void A_patch_that_names_an_old_version_is_a_conflict()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"));
        f.Api.Update(ServerFixture.ConfigMap("a", "2"));
        var patch = ServerFixture.MergePatch($$"""{"metadata":{"resourceVersion":"{{map.Metadata.ResourceVersion}}"},"data":{"key":"3"} }""");

        Assert.Equal("Conflict", ServerFixture.Refused(() => f.Api.Patch<ConfigMap>("default", "a", patch)).Reason);
    }

    [Fact]
    public void The_scale_is_read_and_written_like_an_object()
    {
        var deployment = f.Api.Create(ServerFixture.Deployment("web"));
        f.Api.UpdateStatus(deployment with { Status = new() { Replicas = 2 } });
        var key = new ObjectKey("default", "web");

        var scale = (Scale)f.Api.GetSubresource(Deployment.Resource, key, "scale");
        Assert.Equal((2, 2, "app=web"), (scale.Spec.Replicas, scale.Status.Replicas, scale.Status.Selector));
        Assert.Equal(deployment.Metadata.Uid, scale.Metadata.Uid);

        var options = new WriteOptions { Subresource = "scale" };
        scale = (Scale)f.Api.Update(Deployment.Resource, scale with { Spec = new() { Replicas = 4 } }, options);
        Assert.Equal(4, scale.Spec.Replicas);
        scale = (Scale)f.Api.Patch(Deployment.Resource, key, ServerFixture.MergePatch("""{"spec":{"replicas":7}}"""), options);
        Assert.Equal(7, scale.Spec.Replicas);

        var after = f.Api.Get<Deployment>("default", "web");
        Assert.Equal((7, 3L), (after.Spec.Replicas, after.Metadata.Generation));
    }

    [Fact]
    public void A_stale_scale_is_a_conflict_and_a_pod_has_none()
    {
        f.Api.Create(ServerFixture.Deployment("web"));
        var key = new ObjectKey("default", "web");
        var scale = (Scale)f.Api.GetSubresource(Deployment.Resource, key, "scale");
        f.Api.Patch<Deployment>("default", "web", ServerFixture.MergePatch("""{"spec":{"replicas":5}}"""));

        var options = new WriteOptions { Subresource = "scale" };
        Assert.Equal("Conflict", ServerFixture.Refused(() => f.Api.Update(Deployment.Resource, scale with { Spec = new() { Replicas = 4 } }, options)).Reason);

        f.Api.Create(ServerFixture.Pod("p"));
        Assert.Equal("NotFound", ServerFixture.Refused(() => f.Api.GetSubresource(Pod.Resource, new ObjectKey("default", "p"), "scale")).Reason);
    }

    [Fact]
    public void No_finalizer_is_added_to_what_goes()
    {
        var map = ServerFixture.ConfigMap("a");
        map = f.Api.Create(map with { Metadata = map.Metadata with { Finalizers = ["lab/one"] } });
        f.Api.Delete<ConfigMap>("default", "a");
        map = f.Api.Get<ConfigMap>("default", "a");

        var status = ServerFixture.Refused(() => f.Api.Update(map with { Metadata = map.Metadata with { Finalizers = ["lab/one", "lab/two"] } }));
        Assert.Contains(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"lab/two\"}",
            status.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Server_side_apply_without_a_manager_is_refused()
    {
        f.Api.Create(ServerFixture.ConfigMap("a"));
        var status = ServerFixture.Refused(() => f.Api.Patch<ConfigMap>("default", "a", new PatchBody(PatchType.Apply, new JsonObject())));
        Assert.Equal((422, "Invalid"), (status.Code, status.Reason));
    }
}
