using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class DeploymentReconcilerTests
{
    private readonly ControllerLab lab = new("worker-1");

    [Fact]
    public void A_new_deployment_becomes_available()
    {
        lab.Deploy(3);
        lab.Run(10);

        var set = Assert.Single(lab.Sets);
        Assert.Equal($"web-{set.Metadata.Labels[TemplateHash.Label]}", set.Metadata.Name);
        Assert.Equal(3, lab.Pods.Count);
        Assert.All(lab.Pods, p => Assert.StartsWith($"{set.Metadata.Name}-", p.Metadata.Name, StringComparison.Ordinal));
        var web = lab.Web;
        Assert.Equal(
            (1, 3, 3, 3, 3, 0),
            (web.Status.ObservedGeneration, web.Status.Replicas, web.Status.UpdatedReplicas, web.Status.ReadyReplicas, web.Status.AvailableReplicas, web.Status.UnavailableReplicas));
        Assert.Equal("1", web.Metadata.Annotations[Revisions.Current]);
        Assert.Equal(
            ["Available True MinimumReplicasAvailable Deployment has minimum availability.",
             $"Progressing True NewReplicaSetAvailable ReplicaSet \"{set.Metadata.Name}\" has successfully progressed."],
            Conditions(web));
        Assert.Equal([$"Normal ScalingReplicaSet Scaled up replica set {set.Metadata.Name} from 0 to 3"], lab.EventsOf("Deployment"));
        Assert.All(lab.EventsOf("ReplicaSet"), e => Assert.StartsWith("Normal SuccessfulCreate Created pod: web-", e, StringComparison.Ordinal));
        Assert.Equal(3, lab.EventsOf("ReplicaSet").Count());
    }

    [Fact]
    public void A_rollout_goes_step_by_step_as_the_docs_show()
    {
        lab.Deploy(3);
        lab.Run(10);
        lab.SetImage("web:2");
        lab.Run(30);

        var (old, @new) = (Set("web:1"), Set("web:2"));
        Assert.Equal(
            [$"Normal ScalingReplicaSet Scaled up replica set {old} from 0 to 3",
             $"Normal ScalingReplicaSet Scaled up replica set {@new} from 0 to 1",
             $"Normal ScalingReplicaSet Scaled down replica set {old} from 3 to 2",
             $"Normal ScalingReplicaSet Scaled up replica set {@new} from 1 to 2",
             $"Normal ScalingReplicaSet Scaled down replica set {old} from 2 to 1",
             $"Normal ScalingReplicaSet Scaled up replica set {@new} from 2 to 3",
             $"Normal ScalingReplicaSet Scaled down replica set {old} from 1 to 0"],
            lab.EventsOf("Deployment"));
        Assert.All(lab.Pods, p => Assert.Equal("web:2", p.Spec.Containers[0].Image));
        Assert.Equal(3, lab.Pods.Count);
        Assert.Equal("2", lab.Web.Metadata.Annotations[Revisions.Current]);
    }

    [Fact]
    public void A_rollback_reuses_the_old_set_and_moves_its_revision_on()
    {
        lab.Deploy(3);
        lab.Run(10);
        var first = Set("web:1");
        lab.SetImage("web:2");
        lab.Run(30);
        lab.SetImage("web:1");
        lab.Run(30);

        Assert.Equal(2, lab.Sets.Count);
        var reused = lab.Api.Get<ReplicaSet>("default", first);
        Assert.Equal((3, "3", "1"), (reused.Status.AvailableReplicas, reused.Metadata.Annotations[Revisions.Current], reused.Metadata.Annotations[Revisions.History]));
        Assert.Equal("3", lab.Web.Metadata.Annotations[Revisions.Current]);
    }

    [Fact]
    public void A_broken_image_stops_the_rollout_and_is_reported_after_the_deadline()
    {
        lab.Deploy(4, change: spec => spec with { ProgressDeadlineSeconds = 60 });
        lab.Run(10);
        lab.StartUp = p => p.Spec.Containers[0].Image == "web:broken" ? null : TimeSpan.FromSeconds(2);
        lab.SetImage("web:broken");
        lab.Run(30);
        Assert.Equal((5, 2, 3), (lab.Web.Status.Replicas, lab.Web.Status.UpdatedReplicas, lab.Web.Status.AvailableReplicas));
        Assert.Equal("ReplicaSetUpdated", Progressing().Reason);

        lab.Run(60);
        Assert.Equal(("False", "ProgressDeadlineExceeded"), (Progressing().Status, Progressing().Reason));
        lab.SetImage("web:1");
        lab.Run(30);
        Assert.Equal(("True", "NewReplicaSetAvailable"), (Progressing().Status, Progressing().Reason));
        Assert.Equal(4, lab.Web.Status.AvailableReplicas);
    }

    [Fact]
    public void A_paused_deployment_scales_in_proportion_but_does_not_roll()
    {
        lab.Deploy(10, change: spec => spec with
        {
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 3, MaxUnavailable = 2 } },
        });
        lab.Run(10);
        lab.StartUp = p => p.Spec.Containers[0].Image == "web:2" ? null : TimeSpan.FromSeconds(2);
        lab.SetImage("web:2");
        lab.Run(10);
        Assert.Equal([5, 8], lab.Sets.Select(s => s.Spec.Replicas ?? 0).Order());

        lab.Change(spec => spec with { Replicas = 15 });
        lab.Run(10);
        Assert.Equal([7, 11], lab.Sets.Select(s => s.Spec.Replicas ?? 0).Order());

        lab.Change(spec => spec with { Paused = true });
        lab.Run(1);
        Assert.Equal(("Unknown", "DeploymentPaused"), (Progressing().Status, Progressing().Reason));
        lab.SetImage("web:3");
        lab.Run(10);
        Assert.Equal(2, lab.Sets.Count);
        lab.Change(spec => spec with { Paused = false });
        lab.Run(60);
        Assert.Equal("NewReplicaSetAvailable", Progressing().Reason);
        Assert.Equal(15, lab.Web.Status.UpdatedReplicas);
    }

    [Fact]
    public void Recreate_waits_for_the_last_old_pod()
    {
        lab.ShutDown = TimeSpan.FromSeconds(20);
        lab.Deploy(3, change: spec => spec with { Strategy = new() { Type = "Recreate" } });
        lab.Run(10);
        lab.SetImage("web:2");
        lab.Run(15);
        Assert.All(lab.Pods, p => Assert.Equal("web:1", p.Spec.Containers[0].Image));
        lab.Run(15);
        Assert.Equal(3, lab.Web.Status.AvailableReplicas);
        Assert.All(lab.Pods, p => Assert.Equal("web:2", p.Spec.Containers[0].Image));
    }

    [Fact]
    public void Only_the_wished_number_of_revisions_is_kept()
    {
        lab.Deploy(1, "web:0", spec => spec with { RevisionHistoryLimit = 2 });
        lab.Run(10);
        for (var i = 1; i <= 4; i++)
        {
            lab.SetImage($"web:{i}");
            lab.Run(20);
        }

        Assert.Equal(["3", "4", "5"], lab.Sets.Select(s => s.Metadata.Annotations[Revisions.Current]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Min_ready_seconds_slow_the_rollout_down()
    {
        lab.Deploy(2, change: spec => spec with { MinReadySeconds = 30 });
        lab.Run(20);
        Assert.Equal((2, 0), (lab.Web.Status.ReadyReplicas, lab.Web.Status.AvailableReplicas));
        Assert.Contains("Available False MinimumReplicasUnavailable Deployment does not have minimum availability.", Conditions(lab.Web));
        lab.Run(13);
        Assert.Equal(2, lab.Web.Status.AvailableReplicas);
    }

    [Fact]
    public void Two_templates_with_one_hash_do_not_share_a_replica_set()
    {
        var hash = TemplateHash.Of(lab.Deploy(1).Spec.Template, null);
        lab.Run(5);
        lab.Api.Delete<Deployment>("default", "web", new DeleteOptions { PropagationPolicy = "Orphan" });
        lab.Run(5);
        var squatter = lab.Api.Get<ReplicaSet>("default", $"web-{hash}");
        lab.Api.Update(squatter with { Metadata = squatter.Metadata with { Labels = StringMap.Of(("app", "other")) } });
        lab.Run(1);
        lab.Deploy(1);
        lab.Run(10);
        Assert.Equal(1, lab.Web.Status.CollisionCount);
        Assert.Equal(1, lab.Web.Status.AvailableReplicas);
        Assert.Equal(2, lab.Sets.Count);
    }

    private Condition Progressing() => lab.Web.Status.Conditions.Find(c => c.Type == "Progressing")!;

    private string Set(string image) => lab.Sets.Single(s => s.Spec.Template.Spec.Containers[0].Image == image).Metadata.Name!;

    private static IEnumerable<string> Conditions(Deployment web) =>
        web.Status.Conditions.Select(c => $"{c.Type} {c.Status} {c.Reason} {c.Message}").Order(StringComparer.Ordinal);
}
