using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Jobs;

/// <summary>Runs a job's pods until so many have succeeded, or it is given up.</summary>
/// <remarks>Upstream: pkg/controller/job.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</seealso>
public sealed class JobReconciler : IReconciler
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);

    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<Job> jobs;
    private readonly JobPodWriter writer;
    private readonly Dictionary<ObjectKey, RecreationBackoff> backoffs = [];
    private readonly Dictionary<ObjectKey, long> written = [];

    internal JobReconciler(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        jobs = informers.For<Job>();
        Expectations = new Expectations(clock);
        Claims = new JobClaims(api, podsByOwner, informers.For<Pod>().IndexBy(p => Ownership.OrphanPlaceOf(p.Metadata)));
        writer = new JobPodWriter(api, events, Expectations);
    }

    /// <summary>What was asked for and not yet seen.</summary>
    internal Expectations Expectations { get; }

    /// <summary>Finalizers that were taken away and are still in the cache.</summary>
    internal Stripping Stripping { get; } = new();

    /// <summary>Which pods are whose.</summary>
    internal JobClaims Claims { get; }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (jobs[key] is not { } job)
        {
            Expectations.Forget(key);
            Stripping.Forget(key);
            Claims.Forget(key);
            Forget(key);
            return ReconcileResult.Done;
        }

        if (JobTraits.IsManagedElsewhere(job))
        {
            return ReconcileResult.Done;
        }

        if (JobTraits.IsFinished(job))
        {
            Forget(key);
            return ReconcileResult.Done;
        }

        // Pods may be newer here than their job. Counted with an old status they would be missed, and made again: its own last write must be back first.
        return written.TryGetValue(key, out var version) && VersionOf(job) < version ? ReconcileResult.Done : Sync(key, job);
    }

    private void Forget(ObjectKey key)
    {
        backoffs.Remove(key);
        written.Remove(key);
        writer.Forget(key);
    }

    private static long VersionOf(Job job) => long.Parse(job.Metadata.ResourceVersion ?? "0", CultureInfo.InvariantCulture);

    private ReconcileResult Sync(ObjectKey key, Job job)
    {
        var isUpToDate = Expectations.AreMet(key);
        var pods = Claims.PodsOf(job);
        var round = new JobRound(new JobCensus(Begun(job), pods, Stripping[key])) { Job = job };
        var backoff = backoffs.GetValueOrDefault(key).After(round.Census.NewSucceeded, round.Census.NewFailed);
        round.End = JobVerdict.Of(round.Census, clock.Now);
        if (round.End is not null)
        {
            Stop(round, isUpToDate);
        }
        else
        {
            round.LookAgainAfter(JobVerdict.TimeLeft(round.Census.Job, clock.Now));
            Manage(round, backoff, isUpToDate && job.Metadata.DeletionTimestamp is null);
        }

        round.Status = round.Status with { Active = round.Active, Ready = round.Ready, Terminating = round.Terminating };
        Count(key, round, backoff);
        if (round.Failure is { } failure)
        {
            throw failure;
        }

        return round.Again is { } wait ? ReconcileResult.After(wait) : ReconcileResult.Done;
    }

    /// <summary>The job with its time of start, which comes when it first does not wait.</summary>
    private Job Begun(Job job)
    {
        var status = job.Status with { UncountedTerminatedPods = job.Status.UncountedTerminatedPods ?? new() };
        return job with { Status = status.StartTime is null && !JobTraits.IsSuspended(job) ? status with { StartTime = clock.Now } : status };
    }

    /// <summary>Removes what still runs. The end is told only when nothing can be left that the cache does not show yet.</summary>
    private void Stop(JobRound round, bool isUpToDate)
    {
        var active = round.Active;
        var counts = writer.Remove(round.Job, round.Census.Active, out var failure);
        round.Removed(counts);
        round.Failure = failure;
        if (counts.Deleted != active || !isUpToDate)
        {
            round.End = null;
        }
    }

    private void Manage(JobRound round, RecreationBackoff backoff, bool mayManage)
    {
        if (mayManage)
        {
            CarryOut(round, JobPlan.For(round.Census, backoff, clock.Now));
        }

        if (JobVerdict.IsComplete(round.Job, round.Census.Succeeded, round.Active))
        {
            round.End = JobVerdict.Reached(clock.Now);
        }
        else if (mayManage)
        {
            TellSuspension(round);
        }
    }

    private void CarryOut(JobRound round, JobPlan plan)
    {
        if (plan.Delete.Count > 0)
        {
            round.Removed(writer.RemoveUncounted(round.Job, plan.Delete, out var failure));
            round.Failure = failure;
        }
        else if (plan.Create > 0)
        {
            round.Active += writer.Create(round.Job, plan, round.Census.AwaitingReplacement, out var failure);
            round.Failure = failure;
        }

        round.LookAgainAfter(plan.Wait is { } wait && wait < PauseMin ? PauseMin : plan.Wait);
    }

    private void TellSuspension(JobRound round)
    {
        var isSuspended = JobTraits.IsSuspended(round.Job);
        var condition = isSuspended
            ? JobConditions.New("Suspended", "True", "JobSuspended", "Job suspended", clock.Now)
            : JobConditions.New("Suspended", "False", "JobResumed", "Job resumed", clock.Now);
        var conditions = JobConditions.Ensure(round.Status.Conditions, condition);
        if (conditions == round.Status.Conditions)
        {
            return;
        }

        // The deadline counts the time a job is active without a break, so it begins again.
        round.Status = round.Status with { Conditions = conditions, StartTime = isSuspended ? round.Status.StartTime : clock.Now };
        events.Normal(round.Job, isSuspended ? "Suspended" : "Resumed", condition.Message!);
    }

    /// <summary>Counts pods that have ended, lets them go, and ends the job when all is done.</summary>
    private void Count(ObjectKey key, JobRound round, RecreationBackoff backoff)
    {
        var count = JobCount.Of(round.Census, round.Status, round.End);
        round.Status = count.Status;
        round.AnnounceEnd(clock.Now);
        if (Flush(round))
        {
            backoffs[key] = backoff;
        }

        var failure = Strip(key, count);
        round.Status = JobCount.Settle(round.Status, count.Tracked);
        if (failure is not null)
        {
            Flush(round);
            throw failure;
        }

        var isFinished = round.TryFinish(count.IsFull, clock.Now);
        Flush(round);
        if (isFinished)
        {
            TellEnd(round);
        }
    }

    /// <summary>Takes finalizers away; what succeeded leaves the set of tracked pods.</summary>
    private ApiException? Strip(ObjectKey key, JobCount count)
    {
        ApiException? failure = null;
        foreach (var pod in count.Strip)
        {
            var uid = pod.Metadata.Uid ?? "";
            Stripping.Expect(key, uid);
            try
            {
                if (!writer.Strip(pod))
                {
                    Stripping.See(key, uid);
                }

                count.Tracked.Remove(uid);
            }
            catch (ApiException refusal)
            {
                Stripping.See(key, uid);
                if (refusal.IsNotFound)
                {
                    count.Tracked.Remove(uid);
                }
                else
                {
                    failure ??= refusal;
                }
            }
        }

        return failure;
    }

    private bool Flush(JobRound round)
    {
        if (round.Status == round.Job.Status)
        {
            return false;
        }

        round.Job = api.UpdateStatus(round.Job with { Status = round.Status });
        round.Status = round.Job.Status;
        written[ObjectKey.Of(round.Job)] = VersionOf(round.Job);
        return true;
    }

    private void TellEnd(JobRound round)
    {
        if (round.End!.Type == "Failed")
        {
            events.Warning(round.Job, round.End.Reason ?? "", round.End.Message ?? "");
            return;
        }

        if (round.Status.Succeeded > round.Job.Spec.Completions)
        {
            events.Warning(round.Job, "TooManySucceededPods", "Too many succeeded pods running after completion count reached");
        }

        events.Normal(round.Job, "Completed", "Job completed");
    }
}
