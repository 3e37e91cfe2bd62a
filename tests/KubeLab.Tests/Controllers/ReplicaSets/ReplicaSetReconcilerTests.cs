using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Owning;

namespace KubeLab.Tests.Controllers.ReplicaSets;

public sealed class ReplicaSetReconcilerTests
{
    private static readonly StringMap Labels = StringMap.Of(("app", "web"));
    private readonly ControllerLab lab = new("worker-1");

    [Fact]
    public void Lost_pods_are_replaced_and_superfluous_ones_removed()
    {
        Create(3);
        lab.Run(10);
        lab.Api.Delete<Pod>("default", lab.Pods[0].Metadata.Name!);
        lab.Run(10);
        Assert.Equal(3, lab.Pods.Count);
        var set = Web;
        lab.Api.Update(set with { Spec = set.Spec with { Replicas = 1 } });
        lab.Run(10);
        Assert.Single(lab.Pods);
        Assert.Equal((1, 1, 1, 1), (Web.Status.Replicas, Web.Status.ReadyReplicas, Web.Status.AvailableReplicas, Web.Status.FullyLabeledReplicas));
        Assert.Equal(2, lab.EventsOf("ReplicaSet").Count(e => e.StartsWith("Normal SuccessfulDelete Deleted pod: web-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Pods_that_match_are_adopted_and_pods_that_no_longer_match_are_released()
    {
        lab.Api.Create(Lonely("first"));
        Create(2);
        lab.Run(5);
        Assert.Equal(2, lab.Pods.Count);
        Assert.All(lab.Pods, p => Assert.Equal(Web.Metadata.Uid, Ownership.ControllerUidOf(p.Metadata)));

        var first = lab.Api.Get<Pod>("default", "first");
        lab.Api.Update(first with { Metadata = first.Metadata with { Labels = StringMap.Of(("app", "debug")) } });
        lab.Run(5);
        Assert.Null(Ownership.ControllerOf(lab.Api.Get<Pod>("default", "first").Metadata));
        Assert.Equal(3, lab.Pods.Count);

        // Labelled back it is one too many: it is adopted, and one of the three goes.
        first = lab.Api.Get<Pod>("default", "first");
        lab.Api.Update(first with { Metadata = first.Metadata with { Labels = Labels } });
        lab.Run(5);
        Assert.Equal(2, lab.Pods.Count);
    }

    // "The new Pods will be acquired by the ReplicaSet, and then immediately terminated as the ReplicaSet would be over its desired count."
    // https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions
    [Fact]
    public void A_pod_that_comes_when_all_places_are_taken_is_the_one_that_goes()
    {
        Create(2);
        lab.Run(10);
        var before = lab.Pods.Select(p => p.Metadata.Uid).ToList();
        lab.StartUp = _ => TimeSpan.FromMinutes(1);
        lab.Api.Create(Lonely("late"));
        lab.Run(5);
        Assert.Equal(before, lab.Pods.Select(p => p.Metadata.Uid));
        Assert.Contains("Normal SuccessfulDelete Deleted pod: late", lab.EventsOf("ReplicaSet"));
    }

    [Fact]
    public void A_pod_that_is_released_in_the_round_that_deletes_others_is_spared()
    {
        Create(3);
        lab.Run(10);
        var leaving = lab.Pods[0];
        var set = Web;
        lab.Api.Update(set with { Spec = set.Spec with { Replicas = 1 } });
        lab.Api.Update(leaving with { Metadata = leaving.Metadata with { Labels = StringMap.Of(("app", "debug")) } });
        lab.Run(10);
        Assert.Null(Ownership.ControllerOf(lab.Api.Get<Pod>("default", leaving.Metadata.Name!).Metadata));
        Assert.Equal(2, lab.Pods.Count);
    }

    [Fact]
    public void Pods_share_one_spec_and_one_map_of_labels()
    {
        Create(3);
        lab.Run(5);
        Assert.All(lab.Pods, p => Assert.Same(lab.Pods[0].Spec.Containers[0], p.Spec.Containers[0]));
    }

    [Fact]
    public void Five_thousand_pods_cost_no_round_per_pod()
    {
        lab.StartUp = p => TimeSpan.FromMilliseconds(1000 + (Math.Abs(p.Metadata.Uid!.Sum(c => c)) % 1000));
        Create(5000);
        var before = Web.Metadata.ResourceVersion;
        lab.Run(10);
        Assert.Equal(5000, Web.Status.ReadyReplicas);
        Assert.Equal(5000, Web.Status.AvailableReplicas);
        Assert.NotEqual(before, Web.Metadata.ResourceVersion);
    }

    [Fact]
    public void A_refusal_to_make_pods_becomes_a_condition_and_goes_away_again()
    {
        Create(2, spec => spec with { Spec = spec.Spec with { PriorityClassName = "missing" } });
        lab.Run(1);
        var failure = Web.Status.Conditions.Find(c => c.Type == "ReplicaFailure");
        Assert.Equal(("True", "FailedCreate"), (failure?.Status, failure?.Reason));
        Assert.Contains(lab.EventsOf("ReplicaSet"), e => e.StartsWith("Warning FailedCreate Error creating: ", StringComparison.Ordinal));
        var set = Web;
        lab.Api.Update(set with { Spec = set.Spec with { Template = set.Spec.Template with { Spec = set.Spec.Template.Spec with { PriorityClassName = null } } } });
        lab.Run(5);
        Assert.Equal(2, Web.Status.ReadyReplicas);
        Assert.Null(Web.Status.Conditions.Find(c => c.Type == "ReplicaFailure"));
    }

    [Fact]
    public void A_manager_that_is_killed_and_started_again_carries_on()
    {
        Create(3);
        lab.Run(5);
        lab.Manager.Stop();
        lab.Api.Delete<Pod>("default", lab.Pods[0].Metadata.Name!);
        lab.Run(10);
        Assert.Equal(2, lab.Pods.Count);
        lab.Manager.Start();
        lab.Run(10);
        Assert.Equal(3, Web.Status.ReadyReplicas);
    }

    private ReplicaSet Web => lab.Api.Get<ReplicaSet>("default", "web");

    private static Pod Lonely(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = Labels },
        Spec = ControllerLab.SpecOf("web:1"),
    };

    private void Create(int replicas, Func<PodTemplateSpec, PodTemplateSpec>? change = null)
    {
        var template = new PodTemplateSpec { Metadata = new() { Labels = Labels }, Spec = Lonely("x").Spec };
        lab.Api.Create(new ReplicaSet
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { Replicas = replicas, Selector = new() { MatchLabels = Labels }, Template = change?.Invoke(template) ?? template },
        });
    }
}
