using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Cron;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CronJobs;

/// <summary>Says when the cron job reconciler has to look: when a cron job or one of its jobs changed. Its times it asks for itself.</summary>
internal sealed class CronJobController : IManagedController
{
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Controller controller;
    private readonly Informer<CronJob> cronJobs;

    public CronJobController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers)
    {
        this.clock = clock;
        this.events = events;
        controller = new Controller(Name, clock, new CronJobReconciler(api, clock, events, informers));
        cronJobs = informers.For<CronJob>();
        cronJobs.Added += job => controller.Enqueue(ObjectKey.Of(job));
        cronJobs.Updated += OnCronJob;
        var jobs = informers.For<Job>();
        jobs.Added += OnJob;
        jobs.Updated += OnJob;
        jobs.Deleted += OnJob;
    }

    public string Name => "cronjob-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnCronJob(CronJob old, CronJob job)
    {
        var key = ObjectKey.Of(job);
        if ((old.Spec.Schedule, old.Spec.TimeZone) == (job.Spec.Schedule, job.Spec.TimeZone))
        {
            controller.Enqueue(key);
            return;
        }

        // Times that the new schedule would have had in the past are not made up for.
        if (CronZone.TryFind(job.Spec.TimeZone, out var zone) is not null || CronSchedule.TryParse(job.Spec.Schedule, out var schedule) is not null)
        {
            events.Warning(job, "UnParseableCronJobSchedule", $"unparseable schedule for cronjob: {job.Spec.Schedule}");
        }
        else if (MissedRuns.UntilNext(job, schedule!, zone, clock.Now) is { } wait)
        {
            controller.EnqueueAfter(key, wait);
        }
    }

    private void OnJob(Job old, Job job)
    {
        OnJob(job);
        if (Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(job.Metadata))
        {
            OnJob(old);
        }
    }

    private void OnJob(Job job)
    {
        if (Ownership.ControllerOf(job.Metadata) is { Kind: "CronJob" } owner
            && cronJobs[new ObjectKey(job.Metadata.Namespace ?? "", owner.Name)] is { } cronJob && cronJob.Metadata.Uid == owner.Uid)
        {
            controller.Enqueue(ObjectKey.Of(cronJob));
        }
    }
}
