using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;

namespace KubeLab.Autoscaling.Vertical.Targets;

/// <summary>The controllers that an autoscaler may be about: which pods they have, and which of them stands above which.</summary>
/// <remarks>Upstream: pkg/target/fetcher.go and pkg/target/controller_fetcher.</remarks>
internal sealed class TargetControllers
{
    private readonly IKubernetesApi api;
    private readonly Func<IEnumerable<ApiResource>> kinds;
    private readonly Dictionary<string, Func<ObjectKey, IApiObject?>> known;

    /// <summary>Reads them from <paramref name="factory"/>'s copies; <paramref name="kinds"/> are all that the server has.</summary>
    public TargetControllers(IKubernetesApi api, InformerFactory factory, Func<IEnumerable<ApiResource>> kinds)
    {
        this.api = api;
        this.kinds = kinds;
        known = new(StringComparer.Ordinal)
        {
            ["DaemonSet"] = Reader<DaemonSet>(factory),
            ["Deployment"] = Reader<Deployment>(factory),
            ["ReplicaSet"] = Reader<ReplicaSet>(factory),
            ["StatefulSet"] = Reader<StatefulSet>(factory),
            ["ReplicationController"] = Reader<ReplicationController>(factory),
            ["Job"] = Reader<Job>(factory),
            ["CronJob"] = Reader<CronJob>(factory),
        };
    }

    /// <summary>Which pods an autoscaler is about; no selector when that cannot be told, and upstream's words about why.</summary>
    public (Selector? Selector, string? Problem) SelectorOf(Vpa vpa)
    {
        if (vpa.Spec.TargetRef is not { } target)
        {
            return (null, "Cannot read targetRef. Reason: targetRef not defined. If this is a v1beta1 object, switch to v1");
        }

        var key = KeyOf(vpa, target);
        try
        {
            var selector = Fetch(key);
            return ProblemOf(key) is { } problem ? (null, problem) : (selector, null);
        }
        catch (Exception unreadable) when (unreadable is TargetException or ApiException or FormatException)
        {
            return (null, $"Cannot read targetRef. Reason: {unreadable.Message}");
        }
    }

    /// <summary>Whether the target of an autoscaler is there.</summary>
    public bool Exists(Vpa vpa)
    {
        try
        {
            return vpa.Spec.TargetRef is { } target && Topmost(KeyOf(vpa, target)) is not null;
        }
        catch (Exception gone) when (gone is TargetException or ApiException)
        {
            return false;
        }
    }

    /// <summary>The topmost controller above a pod; null when it has none, or one that is not known.</summary>
    public ControllerKey? ParentOf(Pod pod)
    {
        try
        {
            return ControllerKey.OwnerOf(pod.Metadata) is { } owner ? Topmost(owner) : null;
        }
        catch (Exception unknown) when (unknown is TargetException or ApiException)
        {
            return null;
        }
    }

    /// <summary>How many pods a controller wants; null when it is not there or wants none, 0 for kinds that do not say.</summary>
    public int? ReplicasOf(ControllerKey key)
    {
        var replicas = known.TryGetValue(key.Kind, out var find) ? find(key.Place) switch
        {
            ReplicationController replication => replication.Spec.Replicas ?? 0,
            ReplicaSet set => set.Spec.Replicas ?? 0,
            StatefulSet set => set.Spec.Replicas ?? 0,
            DaemonSet set => set.Status.NumberReady,
            null when key.Kind is "ReplicationController" or "ReplicaSet" or "StatefulSet" or "DaemonSet" => 0,
            _ => (int?)null,
        } : null;
        return replicas is null ? 0 : replicas is 0 ? null : replicas;
    }

    private static ControllerKey KeyOf(Vpa vpa, ScaleTargetReference target) => new(vpa.Key.Namespace, target.Kind, target.Name, target.ApiVersion ?? "");

    private static Selector SelectorOf(IApiObject controller) => controller switch
    {
        DaemonSet set => Selector.From(set.Spec.Selector),
        Deployment deployment => Selector.From(deployment.Spec.Selector),
        StatefulSet set => Selector.From(set.Spec.Selector),
        ReplicaSet set => Selector.From(set.Spec.Selector),
        Job job => Selector.From(job.Spec.Selector),
        CronJob job => Selector.From(job.Spec.JobTemplate.Spec.Template.Metadata.Labels),
        ReplicationController replication => Selector.From(replication.Spec.Selector),
        _ => throw new TargetException("don't know how to read label selector"),
    };

    private Func<ObjectKey, IApiObject?> Reader<T>(InformerFactory factory)
        where T : class, IApiObject<T>
    {
        var informer = factory.For<T>();

        // A pod may be made before the copies here have heard of its controller; then the server is asked.
        return key => informer[key] ?? api.Find<T>(key.Namespace, key.Name);
    }

    private string? ProblemOf(ControllerKey key)
    {
        var target = $"{key.ApiVersion}.{key.Kind}/{key.Name}";
        try
        {
            return Topmost(key) is not { } top ? $"Unknown error during checking if target {target} is a topmost well-known or scalable controller"
                : top != key ? $"The target {target} has a parent controller but it should point to a topmost well-known or scalable controller"
                : null;
        }
        catch (Exception failure) when (failure is TargetException or ApiException)
        {
            return $"Error checking if target {target} is a topmost well-known or scalable controller: {failure.Message}";
        }
    }

    private Selector Fetch(ControllerKey key)
    {
        if (known.TryGetValue(key.Kind, out var find))
        {
            return SelectorOf(find(key.Place) ?? throw Missing(key));
        }

        try
        {
            var scale = ScaleOf(key);
            return string.IsNullOrEmpty(scale.Status.Selector)
                ? throw new TargetException($"Resource {key.Place} has an empty selector for scale sub-resource")
                : Selector.Parse(scale.Status.Selector);
        }
        catch (Exception failure) when (failure is TargetException or ApiException or FormatException)
        {
            throw Unhandled(key, failure.Message);
        }
    }

    /// <summary>The highest of the controllers above <paramref name="key"/>, itself included, that is well known or can be scaled.</summary>
    private ControllerKey? Topmost(ControllerKey key)
    {
        var visited = new HashSet<ControllerKey>();
        ControllerKey? top = null;
        while (true)
        {
            if (!visited.Add(key))
            {
                throw new TargetException("cycle detected in ownership chain");
            }

            top = IsWellKnownOrScalable(key) ? key : top;
            if (OwnerOf(key) is not { } owner)
            {
                return top;
            }

            key = owner;
        }
    }

    private bool IsWellKnownOrScalable(ControllerKey key)
    {
        if (known.ContainsKey(key.Kind))
        {
            return true;
        }

        try
        {
            return key.Kind != "Node" && ScaleOf(key) is not null;
        }
        catch (Exception none) when (none is TargetException or ApiException)
        {
            return false;
        }
    }

    private ControllerKey? OwnerOf(ControllerKey key)
    {
        if (known.TryGetValue(key.Kind, out var find))
        {
            return ControllerKey.OwnerOf((find(key.Place) ?? throw Missing(key)).Metadata);
        }

        if (key.Kind == "Node")
        {
            throw new TargetException("node is not a valid owner");
        }

        try
        {
            return ControllerKey.OwnerOf(ScaleOf(key).Metadata);
        }
        catch (ApiException gone) when (gone.IsNotFound)
        {
            return null;
        }
        catch (Exception failure) when (failure is TargetException or ApiException)
        {
            throw Unhandled(key, failure.Message);
        }
    }

    private Scale ScaleOf(ControllerKey key)
    {
        var resource = kinds().FirstOrDefault(k => k.Kind == key.Kind && k.Group == key.Group)
            ?? throw new TargetException($"no matches for kind {GoQuote.Quote(key.Kind)} in group {GoQuote.Quote(key.Group)}");
        return api.GetSubresource(resource, key.Place, "scale") as Scale ?? throw new TargetException("the server could not find the requested resource");
    }

    private static TargetException Missing(ControllerKey key) => new($"{key.Kind} {key.Place} does not exist");

    private static TargetException Unhandled(ControllerKey key, string why) => new($"Unhandled targetRef {key.ApiVersion} / {key.Kind} / {key.Name}, last error {why}");
}
