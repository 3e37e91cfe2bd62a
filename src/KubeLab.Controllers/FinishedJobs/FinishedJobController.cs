using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.FinishedJobs;

/// <summary>Shows jobs that have an end and a time to live after it to the reconciler.</summary>
internal sealed class FinishedJobController : IManagedController
{
    private readonly Controller controller;

    public FinishedJobController(IKubernetesApi api, VirtualClock clock, InformerFactory informers)
    {
        var jobs = informers.For<Job>();
        controller = new Controller(Name, clock, new FinishedJobReconciler(api, clock, jobs));
        jobs.Added += OnJob;
        jobs.Updated += (_, job) => OnJob(job);
    }

    public string Name => "ttl-after-finished-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnJob(Job job)
    {
        if (JobExpiry.Of(job) is not null)
        {
            controller.Enqueue(ObjectKey.Of(job));
        }
    }
}
