using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Jobs;

/// <summary>Says when the job reconciler has to look: at once when the job's wish changed, a second later when its pods or its status did.</summary>
internal sealed class JobController : IManagedController
{
    /// <summary>Changes of pods within this time are answered together.</summary>
    public static readonly TimeSpan BatchPeriod = TimeSpan.FromSeconds(1);

    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private readonly Controller controller;
    private readonly Controller orphans;
    private readonly JobReconciler reconciler;
    private readonly Informer<Job> jobs;
    private readonly InformerIndex<Job> byNamespace;
    private readonly InformerIndex<Pod> podsByOwner;

    public JobController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.podsByOwner = podsByOwner;
        var pods = informers.For<Pod>();
        jobs = informers.For<Job>();
        byNamespace = jobs.IndexBy(j => j.Metadata.Namespace);
        reconciler = new JobReconciler(api, clock, events, informers, podsByOwner);
        controller = new Controller(Name, clock, reconciler, Retries);
        orphans = new Controller("job-orphan-pods", clock, new OrphanReconciler(api, pods, OwnerOf), Retries);
        jobs.Added += OnNewJob;
        jobs.Updated += OnJob;
        jobs.Deleted += OnJobGone;
        pods.Added += OnNewPod;
        pods.Updated += OnPod;
        pods.Deleted += pod => OnPodGone(pod, isGone: true);
    }

    public string Name => "job-controller";

    public void Start()
    {
        controller.Start();
        orphans.Start();
    }

    public void Stop()
    {
        controller.Stop();
        orphans.Stop();
    }

    private void OnNewJob(Job job)
    {
        reconciler.Claims.Review(ObjectKey.Of(job));
        controller.Enqueue(ObjectKey.Of(job));
        if (JobTraits.IsFinished(job))
        {
            LetPodsGo(job);
        }
    }

    private void OnJob(Job old, Job job)
    {
        var key = ObjectKey.Of(job);
        if (old.Metadata.Uid != job.Metadata.Uid)
        {
            // A job deleted and made again under its name within one list: nothing that was expected of the old one will come.
            OnJobGone(old);
            reconciler.Expectations.Forget(key);
            reconciler.Stripping.Forget(key);
            reconciler.Claims.Review(key);
        }

        if (old.Metadata.Generation == job.Metadata.Generation)
        {
            controller.EnqueueAfter(key, BatchPeriod);
        }
        else
        {
            controller.Enqueue(key);
        }

        if (JobTraits.IsFinished(job))
        {
            LetPodsGo(job);
        }
    }

    private void OnJobGone(Job job)
    {
        controller.Enqueue(ObjectKey.Of(job));
        LetPodsGo(job);
    }

    private void LetPodsGo(Job job)
    {
        foreach (var pod in podsByOwner[job.Metadata.Uid ?? ""])
        {
            LetGo(pod);
        }
    }

    private void OnNewPod(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            OnPodGone(pod, isGone: false);
        }
        else if (Ownership.ControllerOf(pod.Metadata) is null)
        {
            LetGo(pod);
            OfferForAdoption(pod);
        }
        else if (OwnerOf(pod) is { } owner)
        {
            reconciler.Expectations.SeeCreation(ObjectKey.Of(owner));
            controller.EnqueueAfter(ObjectKey.Of(owner), BatchPeriod);
        }
    }

    private void OnPod(Pod old, Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            OnPodGone(pod, isGone: false);
            return;
        }

        var isMoved = old.Metadata.OwnerReferences != pod.Metadata.OwnerReferences
            && Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(pod.Metadata);
        if (isMoved && OwnerOf(old) is { } before)
        {
            SeeStripped(before, pod);
            controller.EnqueueAfter(ObjectKey.Of(before), BatchPeriod);
        }

        var isRelabelled = old.Metadata.Labels != pod.Metadata.Labels;
        if (OwnerOf(pod) is { } owner)
        {
            SeeStripped(owner, pod);
            if (isRelabelled)
            {
                reconciler.Claims.Review(ObjectKey.Of(owner));
            }

            controller.EnqueueAfter(ObjectKey.Of(owner), BatchPeriod);
        }
        else if (Ownership.ControllerOf(pod.Metadata) is null)
        {
            LetGo(pod);
            if (isRelabelled || isMoved)
            {
                OfferForAdoption(pod);
            }
        }
    }

    /// <summary>A pod is on its way out, or is gone.</summary>
    private void OnPodGone(Pod pod, bool isGone)
    {
        if (Ownership.ControllerOf(pod.Metadata) is { } reference && reference.Kind != "Job")
        {
            return;
        }

        if (OwnerOf(pod) is not { } owner || JobTraits.IsFinished(owner))
        {
            LetGo(pod);
            return;
        }

        var key = ObjectKey.Of(owner);
        reconciler.Expectations.SeeDeletion(key, pod.Metadata.Uid ?? "");
        if (isGone)
        {
            reconciler.Stripping.See(key, pod.Metadata.Uid ?? "");
        }

        SeeStripped(owner, pod);
        controller.EnqueueAfter(key, BatchPeriod);
    }

    private void SeeStripped(Job owner, Pod pod)
    {
        if (!JobCensus.HasFinalizer(pod))
        {
            reconciler.Stripping.See(ObjectKey.Of(owner), pod.Metadata.Uid ?? "");
        }
    }

    private void LetGo(Pod pod)
    {
        if (JobCensus.HasFinalizer(pod))
        {
            orphans.Enqueue(ObjectKey.Of(pod));
        }
    }

    /// <summary>A pod that nobody manages is shown to every job whose selector it matches.</summary>
    private void OfferForAdoption(Pod pod)
    {
        foreach (var job in byNamespace[pod.Metadata.Namespace ?? ""])
        {
            if (Claiming.SelectorOf(job.Spec.Selector).Matches(pod.Metadata.Labels))
            {
                reconciler.Claims.Review(ObjectKey.Of(job));
                controller.EnqueueAfter(ObjectKey.Of(job), BatchPeriod);
            }
        }
    }

    private Job? OwnerOf(Pod pod) =>
        Ownership.ControllerOf(pod.Metadata) is { Kind: "Job" } owner
        && jobs[new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name)] is { } job
        && job.Metadata.Uid == owner.Uid
            ? job
            : null;
}
