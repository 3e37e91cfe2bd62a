using KubeLab.Api.Apps;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class RolloutProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_step_moves_the_deadline_on_without_a_transition()
    {
        var deployment = With(new DeploymentStatus { Conditions = [RolloutProgress.New("True", "NewReplicaSetCreated", "", Start)] });
        var next = RolloutProgress.Judge(deployment, deployment.Status with { Replicas = 1, UpdatedReplicas = 1 }, "ReplicaSet \"web-1\"", Start.AddSeconds(9));
        var condition = Assert.Single(next.Conditions);
        Assert.Equal(("ReplicaSetUpdated", "ReplicaSet \"web-1\" is progressing."), (condition.Reason, condition.Message));
        Assert.Equal(Start, condition.LastTransitionTime?.Instant);
        Assert.Equal(Start.AddSeconds(9), condition.LastUpdateTime?.Instant);
    }

    [Fact]
    public void A_rollout_that_stands_still_past_its_deadline_is_called_failed()
    {
        var deployment = With(new DeploymentStatus { UpdatedReplicas = 1, Conditions = [RolloutProgress.New("True", "ReplicaSetUpdated", "", Start)] });
        Assert.Equal(deployment.Status, RolloutProgress.Judge(deployment, deployment.Status, "x", Start.AddSeconds(60)));
        var failed = Assert.Single(RolloutProgress.Judge(deployment, deployment.Status, "ReplicaSet \"web-1\"", Start.AddSeconds(61)).Conditions);
        Assert.Equal(("False", "ProgressDeadlineExceeded", "ReplicaSet \"web-1\" has timed out progressing."), (failed.Status, failed.Reason, failed.Message));
    }

    [Fact]
    public void It_looks_again_just_after_the_deadline()
    {
        var deployment = With(new DeploymentStatus { Conditions = [RolloutProgress.New("True", "ReplicaSetUpdated", "", Start)] });
        Assert.Equal(TimeSpan.FromSeconds(41), RolloutProgress.NextCheck(deployment, deployment.Status, Start.AddSeconds(20)));
    }

    [Fact]
    public void A_finished_rollout_stays_finished_when_pods_come_and_go()
    {
        var deployment = With(new DeploymentStatus { Replicas = 3, UpdatedReplicas = 3, Conditions = [RolloutProgress.New("True", "NewReplicaSetAvailable", "", Start)] });
        var next = deployment.Status with { AvailableReplicas = 2 };
        Assert.Equal(next, RolloutProgress.Judge(deployment, next, "x", Start.AddHours(1)));
    }

    private static Deployment With(DeploymentStatus status) =>
        new() { Spec = new() { Replicas = 3, ProgressDeadlineSeconds = 60 }, Status = status };
}
