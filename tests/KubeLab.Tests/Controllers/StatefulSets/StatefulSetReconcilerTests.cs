using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Owning;

namespace KubeLab.Tests.Controllers.StatefulSets;

public sealed class StatefulSetReconcilerTests
{
    private readonly StatefulSetLab lab = new();

    [Fact]
    public void Pods_come_one_by_one_each_when_the_one_before_it_is_ready()
    {
        lab.Create(3);
        lab.Lab.Run(1);
        Assert.Equal("web-0", lab.Names);
        lab.Lab.Run(2);
        Assert.Equal("web-0 web-1", lab.Names);
        lab.Lab.Run(4);
        Assert.Equal("web-0 web-1 web-2", lab.Names);
        lab.Lab.Run(5);
        Assert.Equal((3, 3, 3, 3, 3), (lab.Status.Replicas, lab.Status.ReadyReplicas, lab.Status.AvailableReplicas, lab.Status.CurrentReplicas, lab.Status.UpdatedReplicas));
        Assert.Equal((1, 0), (lab.Status.ObservedGeneration, lab.Status.CollisionCount));
        Assert.Equal(lab.Status.CurrentRevision, lab.Status.UpdateRevision);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => $"Normal SuccessfulCreate create Pod web-{i} in StatefulSet web successful"), lab.Events);
    }

    [Fact]
    public void A_pod_has_the_labels_and_the_host_name_of_its_number()
    {
        lab.Create(2, s => s with { Ordinals = new() { Start = 5 } });
        lab.Lab.Run(10);
        Assert.Equal("web-5 web-6", lab.Names);
        var pod = lab.Pod(6);
        Assert.Equal(("web-6", "web", "web-"), (pod.Spec.Hostname, pod.Spec.Subdomain, pod.Metadata.GenerateName));
        Assert.Equal(
            ("web-6", "6", lab.Status.UpdateRevision),
            (pod.Metadata.Labels["statefulset.kubernetes.io/pod-name"], pod.Metadata.Labels["apps.kubernetes.io/pod-index"], pod.Metadata.Labels["controller-revision-hash"]));
        Assert.True(Ownership.IsControlledBy(pod.Metadata, lab.Web.Metadata));
    }

    [Fact]
    public void Moving_the_first_number_replaces_pods_at_both_ends()
    {
        lab.Create(3);
        lab.Lab.Run(20);
        lab.Change(s => s with { Ordinals = new() { Start = 1 } });
        lab.Lab.Run(20);
        Assert.Equal("web-1 web-2 web-3", lab.Names);
    }

    [Fact]
    public void Pods_go_from_the_highest_down_each_when_the_one_above_it_is_gone()
    {
        lab.Create(4);
        lab.Lab.Run(20);
        lab.Scale(1);
        lab.Lab.Run(0.5);
        Assert.Equal("web-0 web-1 web-2", lab.Names);
        Assert.NotNull(lab.Pod(3).Metadata.DeletionTimestamp);
        lab.Lab.Run(10);
        Assert.Equal("web-0", lab.Names);
        Assert.Equal(
            ["web-3", "web-2", "web-1"],
            lab.Events.Where(e => e.Contains("SuccessfulDelete delete Pod", StringComparison.Ordinal)).Select(e => e.Split(' ')[4]));
    }

    [Fact]
    public void A_pod_below_that_is_not_ready_holds_up_the_scale_down()
    {
        lab.Create(3);
        lab.Lab.Run(20);
        lab.SetPhase(0, "Pending");
        lab.Lab.StartUp = _ => null;
        lab.Scale(1);
        lab.Lab.Run(30);
        Assert.Equal("web-0 web-1 web-2", lab.Names);
    }

    [Fact]
    public void Parallel_pods_come_and_go_together()
    {
        lab.Create(5, s => s with { PodManagementPolicy = "Parallel" });
        lab.Lab.Run(0.5);
        Assert.Equal("web-0 web-1 web-2 web-3 web-4", lab.Names);
        lab.Lab.Run(5);
        lab.Scale(1);
        lab.Lab.Run(0.5);
        Assert.Equal("web-0", lab.Names);
    }

    [Fact]
    public void A_new_template_rolls_from_the_highest_pod_down()
    {
        lab.Create(3);
        lab.Lab.Run(20);
        var before = lab.Status.CurrentRevision;
        lab.SetImage("web:2");
        lab.Lab.Run(0.5);
        Assert.Equal(("web-0 web-1", before, 2, 0), (lab.Names, lab.Status.CurrentRevision, lab.Status.CurrentReplicas, lab.Status.UpdatedReplicas));
        Assert.NotEqual(before, lab.Status.UpdateRevision);
        lab.Lab.Run(3.2);
        Assert.Equal("0:1 1:1 2:2", lab.Images);
        lab.Lab.Run(20);
        Assert.Equal("0:2 1:2 2:2", lab.Images);
        Assert.Equal((lab.Status.UpdateRevision, 3), (lab.Status.CurrentRevision, lab.Status.CurrentReplicas));
        Assert.NotEqual(before, lab.Status.CurrentRevision);
    }

    [Fact]
    public void Pods_below_the_partition_keep_the_old_template_even_when_they_are_made_again()
    {
        lab.Create(3);
        lab.Lab.Run(20);
        lab.Change(s => s with { UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { Partition = 2 } } });
        lab.SetImage("web:2");
        lab.Lab.Run(20);
        Assert.Equal("0:1 1:1 2:2", lab.Images);
        Assert.Equal((2, 1), (lab.Status.CurrentReplicas, lab.Status.UpdatedReplicas));
        lab.Lab.Api.Delete<Pod>("default", "web-0");
        lab.Lab.Run(20);
        Assert.Equal("0:1 1:1 2:2", lab.Images);
        lab.Change(s => s with { UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { Partition = 0 } } });
        lab.Lab.Run(30);
        Assert.Equal("0:2 1:2 2:2", lab.Images);
        Assert.Equal(lab.Status.UpdateRevision, lab.Status.CurrentRevision);
    }

    [Fact]
    public void With_OnDelete_a_pod_gets_the_new_template_when_somebody_deletes_it()
    {
        lab.Create(2, s => s with { UpdateStrategy = new() { Type = "OnDelete" } });
        lab.Lab.Run(20);
        lab.SetImage("web:2");
        lab.Lab.Run(20);
        Assert.Equal("0:1 1:1", lab.Images);
        lab.Lab.Api.Delete<Pod>("default", "web-0");
        lab.Lab.Run(20);
        Assert.Equal("0:2 1:1", lab.Images);
    }

    [Fact]
    public void A_rollout_that_got_stuck_needs_the_bad_pod_deleted_also_after_the_template_was_put_right()
    {
        lab.Create(2);
        lab.Lab.Run(20);
        lab.Lab.StartUp = p => p.Spec.Containers[0].Image == "web:bad" ? null : TimeSpan.FromSeconds(2);
        lab.SetImage("web:bad");
        lab.Lab.Run(20);
        Assert.Equal("0:1 1:bad", lab.Images);
        lab.SetImage("web:1");
        lab.Lab.Run(60);
        Assert.Equal("0:1 1:bad", lab.Images);
        lab.Lab.Api.Delete<Pod>("default", "web-1");
        lab.Lab.Run(20);
        Assert.Equal("0:1 1:1", lab.Images);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Succeeded")]
    public void A_pod_that_has_ended_is_made_again(string phase)
    {
        lab.Create(2);
        lab.Lab.Run(20);
        var before = lab.Pod(0).Metadata.Uid;
        lab.SetPhase(0, phase);
        lab.Lab.Run(20);
        Assert.NotEqual(before, lab.Pod(0).Metadata.Uid);
        Assert.Equal(2, lab.Status.ReadyReplicas);
    }

    [Fact]
    public void A_pod_counts_when_it_has_been_ready_for_long_enough_and_the_next_one_waits_for_that()
    {
        lab.Create(2, s => s with { MinReadySeconds = 30 });
        lab.Lab.Run(20);
        Assert.Equal(("web-0", 1, 0), (lab.Names, lab.Status.ReadyReplicas, lab.Status.AvailableReplicas));
        lab.Lab.Run(14);
        Assert.Equal("web-0 web-1", lab.Names);
        lab.Lab.Run(33);
        Assert.Equal(2, lab.Status.AvailableReplicas);
    }

    [Fact]
    public void Going_back_to_an_earlier_template_reuses_its_revision_under_a_new_number()
    {
        lab.Create(1);
        lab.Lab.Run(5);
        lab.SetImage("web:2");
        lab.Lab.Run(10);
        lab.SetImage("web:1");
        lab.Lab.Run(10);
        Assert.Equal([2, 3], lab.Revisions.Select(r => r.Revision));
        Assert.Equal(lab.Status.CurrentRevision, lab.Revisions[1].Metadata.Name);
        Assert.Equal(lab.Status.CurrentRevision, $"web-{lab.Revisions[1].Metadata.Labels["controller.kubernetes.io/hash"]}");
    }

    [Fact]
    public void Templates_beyond_the_limit_are_forgotten_but_never_one_that_is_in_use()
    {
        lab.Create(1, s => s with { RevisionHistoryLimit = 1 });
        for (var i = 2; i <= 5; i++)
        {
            lab.Lab.Run(10);
            lab.SetImage($"web:{i}");
        }

        lab.Lab.Run(10);
        Assert.Equal([4, 5], lab.Revisions.Select(r => r.Revision));
    }

    [Fact]
    public void Another_revision_under_the_name_makes_the_count_of_collisions_rise()
    {
        lab.Create(1);
        lab.Lab.Run(5);
        var name = lab.Status.CurrentRevision!;
        lab.Lab.Manager.Stop();
        lab.Lab.Api.Delete<ControllerRevision>("default", name);
        lab.Lab.Api.Create(new ControllerRevision { Metadata = new() { Name = name, Namespace = "default" }, Data = new OpaqueObject(), Revision = 1 });
        lab.Lab.Manager.Start();
        lab.Lab.Run(5);
        Assert.Equal(1, lab.Status.CollisionCount);
        Assert.NotEqual(name, lab.Status.UpdateRevision);
    }

    [Fact]
    public void Orphaned_pods_are_adopted_by_name_and_labels_and_released_when_the_labels_go()
    {
        lab.Create(2);
        lab.Lab.Run(20);
        lab.Lab.Api.Delete<StatefulSet>("default", "web", new DeleteOptions { PropagationPolicy = "Orphan" });
        lab.Lab.Run(5);
        var before = lab.Lab.Pods.Select(p => p.Metadata.Uid).ToList();
        Assert.All(lab.Lab.Pods, p => Assert.Null(Ownership.ControllerOf(p.Metadata)));
        lab.Create(2);
        lab.Lab.Run(5);
        Assert.Equal(before, lab.Lab.Pods.Select(p => p.Metadata.Uid));
        Assert.All(lab.Lab.Pods, p => Assert.True(Ownership.IsControlledBy(p.Metadata, lab.Web.Metadata)));
        Assert.All(lab.Revisions, r => Assert.True(Ownership.IsControlledBy(r.Metadata, lab.Web.Metadata)));

        var first = lab.Pod(0);
        lab.Lab.Api.Update(first with { Metadata = first.Metadata with { Labels = StringMap.Of(("app", "debug")) } });
        lab.Lab.Run(5);
        Assert.Null(Ownership.ControllerOf(lab.Pod(0).Metadata));
        Assert.Contains(lab.Events, e => e.StartsWith("Normal SuccessfulCreate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_is_told_with_its_reason()
    {
        lab.Create(1, s => s with { Template = s.Template with { Spec = s.Template.Spec with { PriorityClassName = "missing" } } });
        lab.Lab.Run(1);
        Assert.Contains(lab.Events, e => e.StartsWith("Warning FailedCreate create Pod web-0 in StatefulSet web failed error: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_set_that_is_deleted_in_the_foreground_goes_after_its_pods()
    {
        lab.Create(2);
        lab.Lab.Run(20);
        lab.Lab.Api.Delete<StatefulSet>("default", "web", new DeleteOptions { PropagationPolicy = "Foreground" });
        lab.Lab.Run(0.5);
        Assert.NotNull(lab.Web.Metadata.DeletionTimestamp);
        lab.Lab.Run(20);
        Assert.Empty(lab.Lab.Pods);
        Assert.Null(lab.Lab.Api.Find<StatefulSet>("default", "web"));
        Assert.Empty(lab.Revisions);
    }
}
