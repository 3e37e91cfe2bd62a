using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Controllers.Jobs;

namespace KubeLab.Tests.Controllers.Jobs;

/// <summary>The pure decisions, one table each.</summary>
public sealed class JobDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 10)]
    [InlineData(1, 4, 6)]
    [InlineData(2, 0, 20)]
    [InlineData(6, 0, 320)]
    [InlineData(7, 0, 600)]
    [InlineData(100, 60, 540)]
    [InlineData(3, 50, 0)]
    public void The_pause_doubles_to_ten_minutes(int failures, int secondsAgo, int expected) => Assert.Equal(
        expected, new RecreationBackoff(failures, failures == 0 ? null : Now.AddSeconds(-secondsAgo)).Remaining(Now).TotalSeconds);

    [Fact]
    public void Only_failures_after_the_last_success_count()
    {
        var before = new RecreationBackoff(3, Now.AddSeconds(-100));
        Assert.Equal(before, before.After([], []));
        Assert.Equal(default, before.After([Ended(-10)], []));
        Assert.Equal(new RecreationBackoff(5, Now.AddSeconds(-5)), before.After([], [Ended(-20), Ended(-5)]));
        Assert.Equal(new RecreationBackoff(1, Now.AddSeconds(-5)), before.After([Ended(-10)], [Ended(-20), Ended(-5)]));
        Assert.Equal(default, before.After([Ended(-5)], [Ended(-5)]));
    }

    [Fact]
    public void The_time_of_the_end_is_looked_for_in_several_places()
    {
        Assert.Equal(Now.AddSeconds(-7), FinishTime.Of(Ended(-7)));
        var unready = new Pod { Status = new() { Conditions = [new() { Type = "Ready", Status = "False", LastTransitionTime = Now }], ContainerStatuses = [new()] } };
        Assert.Equal(Now, FinishTime.Of(unready));
        Assert.Equal(Now.AddSeconds(-30), FinishTime.Of(new Pod { Metadata = new() { DeletionTimestamp = Now, DeletionGracePeriodSeconds = 30 } }));
        Assert.Equal(Now, FinishTime.Of(new Pod { Metadata = new() { CreationTimestamp = Now } }));
    }

    [Theory]
    [InlineData(1, "Count", true)]
    [InlineData(2, "Ignore", false)]
    [InlineData(3, "FailJob", true)]
    [InlineData(4, "FailIndex", true)]
    [InlineData(5, null, true)]
    public void The_first_rule_that_fits_decides(int code, string? action, bool counts)
    {
        var policy = new JobPodFailurePolicy
        {
            Rules =
            [
                On("Count", 1), On("Ignore", 2), On("FailJob", 2, 3),
                new() { Action = "FailIndex", OnExitCodes = new() { ContainerName = "c", Operator = "NotIn", Values = [5] } },
            ],
        };
        var judgement = PodFailures.Judge(policy, Ended(0, code));
        Assert.Equal((action, counts, action == "FailJob"), (judgement.Action, judgement.Counts, judgement.JobMessage is not null));
    }

    [Fact]
    public void Exit_code_0_and_other_containers_fit_no_rule()
    {
        var policy = new JobPodFailurePolicy { Rules = [new() { Action = "Ignore", OnExitCodes = new() { ContainerName = "other", Operator = "NotIn", Values = [7] } }] };
        Assert.Null(PodFailures.Judge(policy, Ended(0, 3)).Action);
        policy = new() { Rules = [new() { Action = "Ignore", OnExitCodes = new() { Operator = "NotIn", Values = [7] } }] };
        Assert.Null(PodFailures.Judge(policy, Ended(0, 0)).Action);
        Assert.Equal("Ignore", PodFailures.Judge(policy, Ended(0, 3)).Action);
    }

    [Theory]
    [InlineData("0-2", null, "0-2", true)]
    [InlineData("0-2", null, "0,1", false)]
    [InlineData("0-2", 2, "0,1,9", true)]
    [InlineData("0-2", 2, "0,8,9", false)]
    [InlineData(null, 3, "0,8,9", true)]
    [InlineData(null, 3, "8,9", false)]
    [InlineData("20-30", null, "0-9", false)]
    public void A_success_rule_is_met(string? indexes, int? count, string succeeded, bool expected) => Assert.Equal(
        expected ? "Matched rules at index 0" : null,
        SuccessRules.Match(new() { Rules = [new() { SucceededIndexes = indexes, SucceededCount = count }] }, 10, IndexRanges.Parse(succeeded, 10)));

    [Fact]
    public void Pods_that_have_come_least_far_go_first()
    {
        Pod[] pods =
        [
            Of("ready-long", "n", "Running", -60, 0), Of("ready", "n", "Running", -10, 0), Of("running", "n", "Running", null, 0),
            Of("crashing", "n", "Running", null, 3), Of("pending", "n", "Pending", null, 0), Of("unassigned", null, "Pending", null, 0),
        ];
        Assert.Equal(
            ["unassigned", "pending", "crashing", "running", "ready", "ready-long"],
            pods.Order(ActivePodOrder.Instance).Select(p => p.Metadata.Uid!));
    }

    [Fact]
    public void A_round_that_must_remove_pods_makes_none()
    {
        var job = new Job
        {
            Metadata = new() { Name = "pi", Uid = "u" },
            Spec = new() { CompletionMode = "Indexed", Completions = 4, Parallelism = 4, BackoffLimit = 6 },
        };
        Pod[] pods = [Indexed("a", 0), Indexed("b", 0), Indexed("c", 7), Indexed("d", 2)];
        var plan = JobPlan.For(new JobCensus(job, pods, new HashSet<string>()), default, Now);
        Assert.Equal((0, 2), (plan.Create, plan.Delete.Count));
        Assert.Contains(pods[2], plan.Delete);
        plan = JobPlan.For(new JobCensus(job, [pods[0], pods[3]], new HashSet<string>()), default, Now);
        Assert.Equal([1, 3], plan.Indexes);
    }

    [Theory]
    [InlineData(3, null, 0, 1, 3)]
    [InlineData(3, null, 1, 2, 2)]
    [InlineData(3, 10, 0, 1, 3)]
    [InlineData(3, 10, 9, 2, 1)]
    [InlineData(3, 10, 12, 2, 0)]
    [InlineData(0, 10, 0, 2, 0)]
    public void So_many_pods_are_wanted(int parallelism, int? completions, int succeeded, int active, int expected) =>
        Assert.Equal(expected, JobPlan.Wanted(new Job { Spec = new() { Parallelism = parallelism, Completions = completions } }, succeeded, active));

    private static JobPodFailureRule On(string action, params int[] codes) =>
        new() { Action = action, OnExitCodes = new() { Operator = "In", Values = codes.ToValueList() } };

    private static Pod Ended(int seconds, int code = 1) => new()
    {
        Metadata = new() { Name = "p", Namespace = "default" },
        Status = new()
        {
            Phase = code == 0 ? "Succeeded" : "Failed",
            ContainerStatuses = [new() { Name = "c", State = new() { Terminated = new() { ExitCode = code, FinishedAt = Now.AddSeconds(seconds) } } }],
        },
    };

    private static Pod Of(string uid, string? node, string phase, int? readySeconds, int restarts) => new()
    {
        Metadata = new() { Uid = uid, CreationTimestamp = Now },
        Spec = new() { NodeName = node },
        Status = new()
        {
            Phase = phase,
            ContainerStatuses = [new() { RestartCount = restarts }],
            Conditions = readySeconds is { } seconds ? [new() { Type = "Ready", Status = "True", LastTransitionTime = Now.AddSeconds(seconds) }] : default,
        },
    };

    private static Pod Indexed(string uid, int index) => new()
    {
        Metadata = new() { Uid = uid, Annotations = StringMap.Of((JobNames.CompletionIndex, $"{index}")), Finalizers = [JobNames.Finalizer] },
        Status = new() { Phase = "Running" },
    };
}
