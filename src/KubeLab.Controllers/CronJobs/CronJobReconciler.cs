using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Cron;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Jobs;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CronJobs;

/// <summary>Begins jobs when their time has come.</summary>
/// <remarks>Upstream: pkg/controller/cronjob.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/">CronJob</seealso>
public sealed class CronJobReconciler : IReconciler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<CronJob> cronJobs;
    private readonly InformerIndex<Job> jobsByOwner;

    internal CronJobReconciler(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        cronJobs = informers.For<CronJob>();
        jobsByOwner = informers.For<Job>().IndexBy(j => Ownership.ControllerUidOf(j.Metadata));
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (cronJobs[key] is not { } stored)
        {
            return ReconcileResult.Done;
        }

        var job = stored;
        try
        {
            var jobs = jobsByOwner[stored.Metadata.Uid ?? ""];
            foreach (var old in CronJobHistory.Superfluous(stored, jobs))
            {
                Delete(ref job, old);
            }

            See(ref job, jobs);
            return Begin(ref job);
        }
        finally
        {
            if (job.Status != stored.Status)
            {
                api.UpdateStatus(job);
            }
        }
    }

    /// <summary>Notes which jobs run, which have ended and which are gone.</summary>
    private void See(ref CronJob job, IReadOnlyCollection<Job> jobs)
    {
        foreach (var run in jobs)
        {
            var isListed = IsListed(job, run.Metadata.Uid);
            if (!isListed && !JobTraits.IsFinished(run))
            {
                Recognise(ref job, run);
            }
            else if (isListed && JobTraits.EndOf(run) is { } end)
            {
                Unlist(ref job, run.Metadata.Uid);
                events.Normal(job, "SawCompletedJob", $"Saw completed job: {run.Metadata.Name}, status: {end.Type}");
            }
            else if (JobTraits.EndOf(run)?.Type == "Complete" && run.Status.CompletionTime is { } at
                && (job.Status.LastSuccessfulTime is not { } last || at > last))
            {
                job = job with { Status = job.Status with { LastSuccessfulTime = at } };
            }
        }

        foreach (var reference in job.Status.Active)
        {
            if (!jobs.Any(j => j.Metadata.Uid == reference.Uid) && api.Find<Job>(reference.Namespace ?? "", reference.Name ?? "") is null)
            {
                events.Normal(job, "MissingJob", $"Active job went missing: {reference.Name}");
                Unlist(ref job, reference.Uid);
            }
        }
    }

    /// <summary>A job runs that the status does not list: the cache may lag behind, or this process ended right after it made the job.</summary>
    private void Recognise(ref CronJob job, Job run)
    {
        var fresh = api.Get<CronJob>(job.Metadata.Namespace ?? "", job.Metadata.Name ?? "");
        if (IsListed(fresh, run.Metadata.Uid))
        {
            job = fresh;
            return;
        }

        events.Warning(job, "UnexpectedJob", $"Saw a job that the controller did not create or forgot: {run.Metadata.Name}");
    }

    private ReconcileResult Begin(ref CronJob job)
    {
        if (job.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        if (CronZone.TryFind(job.Spec.TimeZone, out var zone) is { } unknown)
        {
            events.Warning(job, "UnknownTimeZone", $"invalid timeZone: {GoQuote.Quote(job.Spec.TimeZone!)}: {unknown}");
            return ReconcileResult.Done;
        }

        if (job.Spec.Suspend == true)
        {
            return ReconcileResult.Done;
        }

        if (CronSchedule.TryParse(job.Spec.Schedule, out var schedule) is { } problem)
        {
            events.Warning(job, "UnparseableSchedule", $"unparseable schedule: {GoQuote.Quote(job.Spec.Schedule)} : {problem}");
            return ReconcileResult.Done;
        }

        var missed = MissedRuns.Of(job, schedule!, zone, clock.Now, honoursDeadline: true);
        if (missed.Problem is not null)
        {
            events.Warning(job, "InvalidSchedule", $"invalid schedule: {job.Spec.Schedule} : {missed.Problem}");
            return ReconcileResult.Done;
        }

        if (missed.Latest is { } time)
        {
            if (missed.IsMany)
            {
                events.Warning(job, "TooManyMissedTimes", "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
            }

            Run(ref job, time, zone);
        }

        return MissedRuns.UntilNext(job, schedule!, zone, clock.Now) is { } wait ? ReconcileResult.After(wait) : ReconcileResult.Done;
    }

    /// <summary>Begins the job of <paramref name="time"/>, unless it is too late, it has begun already or another one stands in its way.</summary>
    private void Run(ref CronJob job, DateTimeOffset time, TimeZoneInfo zone)
    {
        if (job.Spec.StartingDeadlineSeconds is { } seconds && (clock.Now - time).TotalSeconds > seconds)
        {
            var written = time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
            events.Warning(job, "MissSchedule", $"Missed scheduled time to start a job: {written}");
            return;
        }

        var (name, ns) = (CronJobRun.NameOf(job, time), job.Metadata.Namespace);
        if (job.Status.Active.Exists(r => r.Name == name && r.Namespace == ns) || job.Status.LastScheduleTime == (Timestamp)time)
        {
            return;
        }

        if (job.Spec.ConcurrencyPolicy == "Forbid" && !job.Status.Active.IsEmpty)
        {
            events.Normal(job, "JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }

        if (job.Spec.ConcurrencyPolicy == "Replace")
        {
            Replace(ref job);
        }

        if (Create(job, CronJobRun.JobFor(job, time, zone)) is { } run)
        {
            job = job with
            {
                Status = job.Status with { Active = job.Status.Active.Add(ReferenceTo(run)), LastScheduleTime = time },
            };
        }
    }

    private void Replace(ref CronJob job)
    {
        foreach (var reference in job.Status.Active)
        {
            Job run;
            try
            {
                run = api.Get<Job>(reference.Namespace ?? "", reference.Name ?? "");
            }
            catch (ApiException refusal)
            {
                events.Warning(job, "FailedGet", $"Get job: {refusal.Message}");
                throw;
            }

            if (Delete(ref job, run) is { } failure)
            {
                throw failure;
            }
        }
    }

    /// <summary>Makes the job; null when somebody else made it, or it is listed already.</summary>
    private Job? Create(CronJob owner, Job run)
    {
        try
        {
            var made = api.Create(run);
            events.Normal(owner, "SuccessfulCreate", $"Created job {made.Metadata.Name}");
            return made;
        }
        catch (ApiException refusal) when (refusal.Status.Reason == "AlreadyExists")
        {
            // When this process made it and ended before it could note so, it is noted now.
            var present = api.Get<Job>(run.Metadata.Namespace ?? "", run.Metadata.Name ?? "");
            return Ownership.IsControlledBy(present.Metadata, owner.Metadata) && !IsListed(owner, present.Metadata.Uid) ? present : null;
        }
        catch (ApiException refusal)
        {
            if (refusal.Status.Details?.Causes.Exists(static c => c.Reason == "NamespaceTerminating") != true)
            {
                events.Warning(owner, "FailedCreate", $"Error creating job: {refusal.Message}");
            }

            throw;
        }
    }

    /// <summary>Removes a job and its entry among those that run; returns why it could not, or null.</summary>
    private ApiException? Delete(ref CronJob job, Job run)
    {
        try
        {
            api.Delete<Job>(run.Metadata.Namespace ?? "", run.Metadata.Name ?? "", new DeleteOptions { PropagationPolicy = "Background" });
        }
        catch (ApiException refusal)
        {
            events.Warning(job, "FailedDelete", $"Deleted job: {refusal.Message}");
            return refusal;
        }

        Unlist(ref job, run.Metadata.Uid);
        events.Normal(job, "SuccessfulDelete", $"Deleted job {run.Metadata.Name}");
        return null;
    }

    private static bool IsListed(CronJob job, string? uid) => job.Status.Active.Exists(r => r.Uid == uid);

    private static void Unlist(ref CronJob job, string? uid) =>
        job = job with { Status = job.Status with { Active = job.Status.Active.Where(r => r.Uid != uid) } };

    private static ObjectReference ReferenceTo(Job run) => new()
    {
        Kind = run.Kind,
        Namespace = run.Metadata.Namespace,
        Name = run.Metadata.Name,
        Uid = run.Metadata.Uid,
        ApiVersion = run.ApiVersion,
        ResourceVersion = run.Metadata.ResourceVersion,
    };
}
