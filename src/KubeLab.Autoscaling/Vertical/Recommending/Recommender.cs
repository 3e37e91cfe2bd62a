using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Metrics;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>Reads every minute what containers use, and writes what they need into the status of the autoscalers.</summary>
/// <remarks>Upstream: pkg/recommender/routines/recommender.go and input/cluster_feeder.go. Each start is a new process, which begins with the checkpoints.</remarks>
internal sealed class Recommender
{
    private static readonly TimeSpan GarbagePeriod = TimeSpan.FromHours(1);
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly VerticalPodAutoscalerOptions options;
    private readonly Aggregations aggregations;
    private readonly PodRecommender podRecommender;
    private readonly VpaCaches caches;
    private readonly List<OutOfMemory> kills = [];
    private ClusterModel model;
    private Checkpoints checkpoints;
    private Repeating? loop;
    private bool isRestored;
    private DateTimeOffset garbageCollected;
    private DateTimeOffset checkpointsCollected;

    /// <summary>Makes a stopped one, which reads what <paramref name="caches"/> hold.</summary>
    public Recommender(IKubernetesApi api, VirtualClock clock, VpaCaches caches, VerticalPodAutoscalerOptions options)
    {
        (this.api, this.clock, this.caches, this.options) = (api, clock, caches, options);
        aggregations = new Aggregations(options);
        podRecommender = new PodRecommender(options);
        model = new ClusterModel(aggregations);
        checkpoints = new Checkpoints(api, model);
        caches.Pods.Updated += (before, after) =>
        {
            if (loop is not null)
            {
                kills.AddRange(OutOfMemory.Between(before, after));
            }
        };
    }

    /// <summary>Told of what was seen and said, container by container.</summary>
    public Action<RecommendationMade>? Said { get; set; }

    /// <summary>Begins; does nothing when it has begun.</summary>
    public void Start()
    {
        if (loop is not null)
        {
            return;
        }

        model = new ClusterModel(aggregations);
        checkpoints = new Checkpoints(api, model);
        isRestored = false;
        garbageCollected = checkpointsCollected = clock.Now;
        loop = clock.Every(options.RecommenderInterval, Look);
    }

    /// <summary>Ends at once, as a process that is killed; what it learned since the last checkpoints is lost.</summary>
    public void Stop()
    {
        loop?.Cancel();
        loop = null;
        kills.Clear();
    }

    private void Look()
    {
        if (!caches.HaveSynced)
        {
            return;
        }

        var problems = LoadAutoscalers();
        LoadPods();
        LoadUsage();
        foreach (var vpa in model.Autoscalers)
        {
            Recommend(vpa, problems[vpa.Vpa.Key]);
        }

        CollectGarbage();
    }

    /// <summary>Takes the autoscalers over; returns what is wrong with the target of each.</summary>
    private Dictionary<ObjectKey, string?> LoadAutoscalers()
    {
        var problems = new Dictionary<ObjectKey, string?>();
        foreach (var vpa in caches.Autoscalers.All.Where(IsMine))
        {
            var (selector, problem) = caches.Targets.SelectorOf(vpa);
            model.Put(vpa, selector ?? Selector.Nothing);
            problems.Add(vpa.Key, problem);
        }

        model.KeepOnly([.. problems.Keys]);
        if (!isRestored)
        {
            isRestored = true;
            checkpoints.Restore(clock.Now);
        }

        return problems;
    }

    private bool IsMine(Vpa vpa) => vpa.Spec.Recommenders.IsEmpty
        ? options.RecommenderName == VerticalPodAutoscalerOptions.Default.RecommenderName
        : vpa.Spec.Recommenders.Exists(r => r.Name == options.RecommenderName);

    private void LoadPods()
    {
        model.BeginLook();
        foreach (var pod in caches.Pods.Objects)
        {
            if (pod.Status.Phase != "Pending" && (!options.MemorySaver || model.IsSelected(pod.Metadata.Namespace ?? "", pod.Metadata.Labels)))
            {
                model.See(pod, clock.Now);
            }
        }
    }

    private void LoadUsage()
    {
        try
        {
            foreach (var measured in api.List(PodMetrics.Resource, null, ListOptions.All).Items)
            {
                model.Add((PodMetrics)measured, clock.Now);
            }
        }
        catch (ApiException)
        {
            // Nobody measures, or nobody answers: what is known already is recommended.
        }

        // Pods that are gone are forgotten only now, since the last that is heard of one may be how it ended.
        kills.ForEach(k => model.RecordOom(k, clock.Now));
        kills.Clear();
        model.EndLook();
    }

    private void Recommend(VpaState state, string? problem)
    {
        var groups = model.GroupsOf(state).ToList();
        var merged = state.Merged(groups, () => model.Empty(clock.Now));
        var measured = state.Recommendable(merged);
        var recommendation = Recommendations.Of(podRecommender.Recommend(measured), state.Vpa.Spec.ResourcePolicy, options);
        var conditions = new VpaConditions(state.Vpa.Status.Conditions, clock.Now);
        conditions.SetConfig(problem);
        conditions.SetProgress(groups.Sum(g => g.Count) > 0, !recommendation.ContainerRecommendations.IsEmpty);
        Tell(state.Vpa, measured, recommendation);
        Write(state.Vpa, state.Vpa.Status with { Conditions = conditions.All, Recommendation = recommendation });
        checkpoints.Write(state, merged, clock.Now);
    }

    private void Tell(Vpa vpa, SortedDictionary<string, AggregateState> measured, RecommendedPodResources recommendation)
    {
        foreach (var one in Said is null ? default : recommendation.ContainerRecommendations)
        {
            var round = measured[one.ContainerName!].Round;
            Said!(new RecommendationMade(clock.Now, vpa.Key, one, round.Count, Mean(round.Cpu), Mean(round.Memory)));

            MeasuredShare Mean(UsageRound.Share share) =>
                round.Count == 0 ? default : new((double)share.Used / round.Count, share.UsedMax, (double)share.Requested / round.Count);
        }
    }

    private void Write(Vpa vpa, VerticalPodAutoscalerStatus status)
    {
        if (status == vpa.Status)
        {
            return;
        }

        try
        {
            api.Update(Vpa.Resource, vpa.With(status), WriteOptions.Status);
        }
        catch (ApiException)
        {
            // It changed meanwhile, or nobody answers; the next look is in a minute.
        }
    }

    private void CollectGarbage()
    {
        if (clock.Now - checkpointsCollected > options.CheckpointsGcInterval)
        {
            checkpointsCollected = clock.Now;
            checkpoints.CollectGarbage([.. caches.Autoscalers.All.Select(v => v.Key)], options.IgnoredVpaObjectNamespaces);
        }

        if (clock.Now - garbageCollected >= GarbagePeriod)
        {
            garbageCollected = clock.Now;
            model.CollectGarbage(IsAlive, clock.Now);
        }
    }

    private bool IsAlive(PodState pod) =>
        pod.Source!.Status.Phase is not ("Succeeded" or "Failed")
        || model.Autoscalers.FirstOrDefault(v => v.Selects(pod.Group)) is { } vpa && caches.Targets.Exists(vpa.Vpa);
}
