using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Jobs;
using KubeLab.Controllers.Owning;

namespace KubeLab.Tests.Controllers.Jobs;

public sealed class JobReconcilerTests
{
    private readonly JobLab lab = new();

    [Fact]
    public void A_job_keeps_so_many_pods_running_until_enough_have_succeeded()
    {
        lab.Create(s => s with { Parallelism = 2, Completions = 3 });
        lab.Run(5);
        Assert.Equal(2, lab.Active.Count);
        Assert.Equal((2, 2, 0, 0), (lab.Status.Active, lab.Status.Ready, lab.Status.Terminating, lab.Status.Succeeded));
        Assert.All(lab.Active, p => Assert.Contains(JobNames.Finalizer, p.Metadata.Finalizers));
        lab.Succeed(lab.Active[0]);
        lab.Run(5);
        Assert.Equal((2, 1), (lab.Active.Count, lab.Status.Succeeded));
        lab.Succeed(lab.Active[0]);
        lab.Run(5);
        Assert.Equal((1, 2), (lab.Active.Count, lab.Status.Succeeded));
        lab.EndAll();
        lab.Run(5);
        Assert.Equal(["SuccessCriteriaMet=True CompletionsReached", "Complete=True CompletionsReached"], lab.Conditions);
        Assert.Equal((3, 0, 0), (lab.Status.Succeeded, lab.Status.Failed, lab.Status.Active));
        Assert.NotNull(lab.Status.CompletionTime);
        Assert.Equal(new JobUncountedPods(), lab.Status.UncountedTerminatedPods);
        Assert.All(lab.Lab.Pods, p => Assert.Empty(p.Metadata.Finalizers));
        Assert.Equal("Normal Completed Job completed", lab.Events.Last());
        Assert.Equal(3, lab.Events.Count(e => e.StartsWith("Normal SuccessfulCreate Created pod: pi-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Failed_pods_are_made_again_after_a_pause_that_doubles()
    {
        lab.Create();
        var pauses = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            lab.Run(3);
            lab.Fail(Assert.Single(lab.Active));
            var failed = lab.Lab.Clock.Now;
            Assert.True(lab.Lab.Clock.RunUntil(() => lab.Active.Count == 1, TimeSpan.FromMinutes(10)));
            pauses.Add((lab.Active[0].Metadata.CreationTimestamp!.Value.Instant - failed).TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80], pauses.Select(p => Math.Round(p)));
        Assert.Equal(4, lab.Status.Failed);
    }

    [Fact]
    public void A_job_that_fails_too_often_is_given_up_and_what_still_runs_counts_as_failed()
    {
        lab.Create(s => s with { Parallelism = 2, Completions = 5, BackoffLimit = 0 });
        lab.Run(5);
        lab.Fail(lab.Active[0]);
        lab.Run(1.5);
        Assert.Equal(["FailureTarget=True BackoffLimitExceeded"], lab.Conditions);
        Assert.Equal((0, 1), (lab.Status.Active, lab.Status.Terminating));
        lab.Run(10);
        Assert.Equal(["FailureTarget=True BackoffLimitExceeded", "Failed=True BackoffLimitExceeded"], lab.Conditions);
        Assert.Equal((2, 0, 0), (lab.Status.Failed, lab.Status.Terminating, lab.Active.Count));
        Assert.Null(lab.Status.CompletionTime);
        Assert.Equal("Warning BackoffLimitExceeded Job has reached the specified backoff limit", lab.Events.Last());
    }

    [Fact]
    public void A_job_that_takes_too_long_is_given_up()
    {
        lab.Create(s => s with { ActiveDeadlineSeconds = 60 });
        lab.Run(58);
        Assert.Empty(lab.Conditions);
        lab.Run(10);
        Assert.Equal(["FailureTarget=True DeadlineExceeded", "Failed=True DeadlineExceeded"], lab.Conditions);
        Assert.Equal("Job was active longer than specified deadline", lab.Status.Conditions[1].Message);
    }

    [Fact]
    public void In_a_queue_of_work_the_first_success_ends_the_making_of_pods_and_the_others_finish()
    {
        lab.Create(s => s with { Parallelism = 3 });
        lab.Run(5);
        Assert.Equal(3, lab.Active.Count);
        lab.Succeed(lab.Active[0]);
        lab.Run(30);
        Assert.Equal(2, lab.Active.Count);
        Assert.Empty(lab.Conditions);
        lab.Fail(lab.Active[0]);
        lab.Run(30);
        lab.EndAll();
        lab.Run(5);
        Assert.Equal((2, 1), (lab.Status.Succeeded, lab.Status.Failed));
        Assert.Contains("Complete=True CompletionsReached", lab.Conditions);
    }

    [Fact]
    public void A_suspended_job_has_no_pods_and_begins_anew_when_it_is_resumed()
    {
        lab.Create(s => s with { Parallelism = 2, Completions = 2, ActiveDeadlineSeconds = 100 });
        lab.Run(60);
        var first = lab.Status.StartTime;
        lab.Change(s => s with { Suspend = true });
        lab.Run(60);
        Assert.Empty(lab.Active);
        Assert.Equal(["Suspended=True JobSuspended"], lab.Conditions);
        Assert.Equal((0, 0), (lab.Status.Failed, lab.Status.Active));
        lab.Change(s => s with { Suspend = false });
        lab.Run(60);
        Assert.Equal(["Suspended=False JobResumed"], lab.Conditions);
        Assert.Equal(2, lab.Active.Count);
        Assert.Equal(120, (lab.Status.StartTime!.Value.Instant - first!.Value.Instant).TotalSeconds);
        Assert.Contains("Normal Suspended Job suspended", lab.Events);
        Assert.Contains("Normal Resumed Job resumed", lab.Events);
        lab.Run(60);
        Assert.Contains("Failed=True DeadlineExceeded", lab.Conditions);
    }

    [Fact]
    public void A_job_made_suspended_has_no_start_time()
    {
        lab.Create(s => s with { Suspend = true });
        lab.Run(60);
        Assert.Null(lab.Status.StartTime);
        Assert.Empty(lab.Lab.Pods);
        Assert.Equal(["Suspended=True JobSuspended"], lab.Conditions);
    }

    [Fact]
    public void Each_pod_of_an_indexed_job_knows_its_number()
    {
        lab.Create(s => s with { CompletionMode = "Indexed", Completions = 5, Parallelism = 3 });
        lab.Run(5);
        var pod = lab.PodOf(2);
        Assert.StartsWith("pi-2-", pod.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal(("pi-2", "2"), (pod.Spec.Hostname, pod.Metadata.Labels[JobNames.CompletionIndex]));
        var variable = Assert.Single(pod.Spec.Containers[0].Env);
        Assert.Equal(
            ("JOB_COMPLETION_INDEX", "metadata.labels['batch.kubernetes.io/job-completion-index']"),
            (variable.Name, variable.ValueFrom!.FieldRef!.FieldPath));
        lab.Succeed(lab.PodOf(0));
        lab.Succeed(lab.PodOf(2));
        lab.Run(5);
        Assert.Equal(("0,2", 2), (lab.Status.CompletedIndexes, lab.Status.Succeeded));
        lab.EndAll();
        lab.Run(5);
        Assert.Equal("0-4", lab.Status.CompletedIndexes);
        Assert.Contains("Complete=True CompletionsReached", lab.Conditions);
    }

    [Fact]
    public void An_indexed_job_can_shrink_and_grow()
    {
        lab.Create(s => s with { CompletionMode = "Indexed", Completions = 3, Parallelism = 3 });
        lab.Run(5);
        lab.Succeed(lab.PodOf(2));
        lab.Run(5);
        Assert.Equal("2", lab.Status.CompletedIndexes);
        lab.Change(s => s with { Completions = 2, Parallelism = 2 });
        lab.Run(5);
        Assert.Equal((null, 0, 2), (lab.Status.CompletedIndexes, lab.Status.Succeeded, lab.Active.Count));
        lab.Change(s => s with { Completions = 1, Parallelism = 1 });
        lab.Run(5);
        Assert.Equal("0", Assert.Single(lab.Active).Metadata.Annotations[JobNames.CompletionIndex]);
        lab.Change(s => s with { Completions = 4, Parallelism = 4 });
        lab.Run(5);
        Assert.Equal(4, lab.Active.Count);
        lab.EndAll();
        lab.Run(5);
        Assert.Equal(("0-3", 4, 0), (lab.Status.CompletedIndexes, lab.Status.Succeeded, lab.Status.Failed));
    }

    [Fact]
    public void Failures_are_forgiven_per_index_and_the_number_travels_from_pod_to_pod()
    {
        lab.Create(s => s with { CompletionMode = "Indexed", Completions = 2, Parallelism = 2, BackoffLimitPerIndex = 1 });
        lab.Run(5);
        lab.Fail(lab.PodOf(0));
        lab.Run(5);
        Assert.Equal(("", 0), (lab.Status.FailedIndexes, lab.Status.Failed));
        lab.Run(15);
        Assert.Equal(("1", "0"), (lab.PodOf(0).Metadata.Annotations[JobNames.IndexFailureCount], lab.PodOf(1).Metadata.Annotations[JobNames.IndexFailureCount]));
        Assert.Equal(1, lab.Status.Failed);
        lab.Fail(lab.PodOf(0));
        lab.Run(5);
        Assert.Equal(("0", 2), (lab.Status.FailedIndexes, lab.Status.Failed));
        lab.Succeed(lab.PodOf(1));
        lab.Run(5);
        Assert.Equal(["FailureTarget=True FailedIndexes", "Failed=True FailedIndexes"], lab.Conditions);
        Assert.Equal(("1", "0"), (lab.Status.CompletedIndexes, lab.Status.FailedIndexes));
    }

    [Fact]
    public void Too_many_failed_indexes_end_the_job()
    {
        lab.Create(s => s with { CompletionMode = "Indexed", Completions = 5, Parallelism = 5, BackoffLimitPerIndex = 0, MaxFailedIndexes = 1 });
        lab.Run(5);
        lab.Fail(lab.PodOf(0));
        lab.Fail(lab.PodOf(3));
        lab.Run(10);
        Assert.Contains("Failed=True MaxFailedIndexesExceeded", lab.Conditions);
        Assert.Equal("0,3", lab.Status.FailedIndexes);
        Assert.Empty(lab.Active);
    }

    [Fact]
    public void A_rule_may_end_the_job_at_the_first_bad_exit_code()
    {
        lab.Create(s => s with
        {
            Parallelism = 2,
            Completions = 5,
            PodFailurePolicy = new() { Rules = [new() { Action = "FailJob", OnExitCodes = new() { Operator = "In", Values = [42] } }] },
        });
        lab.Run(5);
        var pod = lab.Active[0];
        lab.Fail(pod, 42);
        lab.Run(5);
        Assert.Equal("FailureTarget=True PodFailurePolicy", lab.Conditions.First());
        Assert.Equal(
            $"Container c for pod default/{pod.Metadata.Name} failed with exit code 42 matching FailJob rule at index 0", lab.Status.Conditions[0].Message);
    }

    [Fact]
    public void Disruptions_may_be_forgiven_without_end()
    {
        lab.Create(s => s with
        {
            BackoffLimit = 0,
            PodFailurePolicy = new() { Rules = [new() { Action = "Ignore", OnPodConditions = [new() { Type = "DisruptionTarget" }] }] },
        });
        for (var i = 0; i < 3; i++)
        {
            lab.Run(800);
            lab.Fail(Assert.Single(lab.Active), 137, new Condition { Type = "DisruptionTarget", Status = "True" });
        }

        lab.Run(5);
        Assert.Equal(0, lab.Status.Failed);
        Assert.Empty(lab.Conditions);
        lab.Run(800);
        lab.Fail(Assert.Single(lab.Active));
        lab.Run(5);
        Assert.Contains("Failed=True BackoffLimitExceeded", lab.Conditions);
    }

    [Fact]
    public void A_success_policy_ends_the_job_when_the_leader_is_done()
    {
        lab.Create(s => s with
        {
            CompletionMode = "Indexed",
            Completions = 4,
            Parallelism = 4,
            SuccessPolicy = new() { Rules = [new() { SucceededIndexes = "1-3", SucceededCount = 2 }, new() { SucceededIndexes = "0" }] },
        });
        lab.Run(5);
        lab.Succeed(lab.PodOf(0));
        lab.Run(10);
        Assert.Equal(["SuccessCriteriaMet=True SuccessPolicy", "Complete=True SuccessPolicy"], lab.Conditions);
        Assert.Equal("Matched rules at index 1", lab.Status.Conditions[0].Message);
        Assert.Equal(("0", 1, 0), (lab.Status.CompletedIndexes, lab.Status.Succeeded, lab.Status.Failed));
        Assert.Empty(lab.Active);
    }

    [Theory]
    [InlineData("TerminatingOrFailed", 1)]
    [InlineData("Failed", 0)]
    public void A_pod_on_its_way_out_is_replaced_as_the_policy_says(string policy, int expected)
    {
        lab.Lab.ShutDown = TimeSpan.FromMinutes(1);
        lab.Create(s => s with { PodReplacementPolicy = policy });
        lab.Run(5);
        lab.Api.Delete<Pod>("default", lab.Active[0].Metadata.Name!);
        lab.Run(20);
        Assert.Equal((expected, 1, expected), (lab.Active.Count, lab.Status.Terminating, lab.Status.Failed));
    }

    [Fact]
    public void A_job_of_another_controller_is_left_alone()
    {
        lab.Create(s => s with { ManagedBy = "acme.io/batch" });
        lab.Run(30);
        Assert.Empty(lab.Lab.Pods);
        Assert.Equal(JobStatus.Empty, lab.Status);
    }

    [Fact]
    public void Restarts_in_place_count_as_failures()
    {
        lab.Create(s => s with { BackoffLimit = 2, Template = JobLab.Template("OnFailure") });
        lab.Run(5);
        var pod = lab.Api.Get<Pod>("default", lab.Active[0].Metadata.Name!);
        lab.Api.UpdateStatus(pod with { Status = pod.Status with { ContainerStatuses = [new() { Name = "c", RestartCount = 2 }] } });
        lab.Run(10);
        Assert.Contains("Failed=True BackoffLimitExceeded", lab.Conditions);
    }

    [Fact]
    public void Pods_that_match_are_adopted_and_those_that_no_longer_match_are_released()
    {
        var labels = StringMap.Of(("run", "pi"));
        lab.Api.Create(new Pod { Metadata = new() { Name = "first", Namespace = "default", Labels = labels }, Spec = JobLab.Template().Spec });
        lab.Create(s => s with
        {
            ManualSelector = true,
            Selector = new() { MatchLabels = labels },
            Template = s.Template with { Metadata = new() { Labels = labels } },
        });
        lab.Run(5);
        var pod = Assert.Single(lab.Lab.Pods);
        Assert.Equal((lab.Job.Metadata.Uid, JobNames.Finalizer), (Ownership.ControllerUidOf(pod.Metadata), Assert.Single(pod.Metadata.Finalizers)));
        lab.Api.Update(pod with { Metadata = pod.Metadata with { Labels = StringMap.Of(("run", "debug")) } });
        lab.Run(5);
        pod = lab.Api.Get<Pod>("default", "first");
        Assert.Null(Ownership.ControllerOf(pod.Metadata));
        Assert.Empty(pod.Metadata.Finalizers);
        Assert.Equal(2, lab.Lab.Pods.Count);
    }

    [Fact]
    public void With_a_job_its_pods_go()
    {
        lab.Create(s => s with { Parallelism = 3, Completions = 3 });
        lab.Run(5);
        lab.Succeed(lab.Active[0]);
        lab.Api.Delete<Job>("default", "pi", new DeleteOptions { PropagationPolicy = "Background" });
        lab.Run(10);
        Assert.Empty(lab.Lab.Pods);
    }

    [Fact]
    public void With_a_job_deleted_in_the_foreground_its_pods_go_first()
    {
        lab.Create(s => s with { Parallelism = 3, Completions = 3 });
        lab.Run(5);
        lab.Api.Delete<Job>("default", "pi", new DeleteOptions { PropagationPolicy = "Foreground" });
        lab.Run(10);
        Assert.Empty(lab.Lab.Pods);
        Assert.Null(lab.Api.Find<Job>("default", "pi"));
    }

    [Fact]
    public void One_round_makes_at_most_five_hundred_pods()
    {
        lab.Lab.StartUp = _ => null;
        lab.Create(s => s with { Parallelism = 600, Completions = 600 });
        lab.Run(0.5);
        Assert.Equal(500, lab.Lab.Pods.Count);
        lab.Run(2);
        Assert.Equal(600, lab.Lab.Pods.Count);
    }
}
