using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Verbs;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>What the recommender has learned, kept as objects of the API, so that it need not learn it again when it restarts.</summary>
/// <remarks>Upstream: pkg/recommender/checkpoint, and the feeder's InitFromCheckpoints and GarbageCollectCheckpoints.</remarks>
internal sealed class Checkpoints(IKubernetesApi api, ClusterModel model)
{
    /// <summary>Where they are stored.</summary>
    public static ApiResource Resource { get; } = ApiResource.Named(
        "autoscaling.k8s.io/v1", "verticalpodautoscalercheckpoints", "VerticalPodAutoscalerCheckpoint", true, "vpacheckpoint");

    /// <summary>Gives the autoscalers of the model what was kept of them.</summary>
    public void Restore(DateTimeOffset now)
    {
        foreach (var (_, spec, status) in All())
        {
            if (spec.VpaObjectName is { } name && model.Find(new ObjectKey(spec.Namespace, name)) is { } vpa)
            {
                var state = model.Empty(now);
                if (state.Load(status) is null)
                {
                    vpa.Restored[spec.ContainerName ?? ""] = state;
                }
            }
        }
    }

    /// <summary>Writes what is known of an autoscaler's containers.</summary>
    /// <param name="vpa">The autoscaler.</param>
    /// <param name="merged">What is known; it is changed.</param>
    /// <param name="now">The time.</param>
    public void Write(VpaState vpa, SortedDictionary<string, AggregateState> merged, DateTimeOffset now)
    {
        // The peak of an interval that has not ended is left out: the restored recommender will measure it again, and it must not count twice.
        foreach (var pod in model.Pods.Where(p => vpa.Selects(p.Group)))
        {
            foreach (var (name, container) in pod.Containers)
            {
                if (now < container.WindowEnd && merged.TryGetValue(name, out var state))
                {
                    state.SubtractPeak(container.Peak, container.WindowEnd);
                }
            }
        }

        foreach (var (container, state) in merged)
        {
            Write(vpa.Vpa.Key, container, state.Save());
        }

        vpa.CheckpointsWritten = now;
    }

    /// <summary>Deletes those whose autoscaler is gone.</summary>
    public void CollectGarbage(IReadOnlyCollection<ObjectKey> autoscalers, ValueList<string> ignoredNamespaces)
    {
        foreach (var (key, spec, _) in All())
        {
            if (!ignoredNamespaces.Exists(n => n == key.Namespace) && !autoscalers.Contains(new ObjectKey(key.Namespace, spec.VpaObjectName ?? "")))
            {
                Try(() => api.Delete(Resource, key, DeleteOptions.Default));
            }
        }
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (ApiException)
        {
            // Another one is written in a minute.
        }
    }

    private void Write(ObjectKey vpa, string container, VerticalPodAutoscalerCheckpointStatus status)
    {
        var key = new ObjectKey(vpa.Namespace, $"{vpa.Name}-{container}");
        var field = JsonSerializer.SerializeToElement(status, ApiJson.Default.VerticalPodAutoscalerCheckpointStatus);
        Try(() =>
        {
            if (api.Find(Resource, key) is CustomObject found)
            {
                api.Update(Resource, found.WithField("status", field), WriteOptions.Default);
                return;
            }

            var spec = new VerticalPodAutoscalerCheckpointSpec { VpaObjectName = vpa.Name, ContainerName = container };
            var made = new CustomObject(Resource.ApiVersion, Resource.Kind, new() { Namespace = key.Namespace, Name = key.Name }, null)
                .WithField("spec", JsonSerializer.SerializeToElement(spec, ApiJson.Default.VerticalPodAutoscalerCheckpointSpec))
                .WithField("status", field);
            api.Create(Resource, made, WriteOptions.Default);
        });
    }

    private List<(ObjectKey Key, CheckpointOf Spec, VerticalPodAutoscalerCheckpointStatus Status)> All()
    {
        var found = new List<(ObjectKey, CheckpointOf, VerticalPodAutoscalerCheckpointStatus)>();
        try
        {
            foreach (var item in api.List(Resource, null, ListOptions.All).Items)
            {
                var fields = ((CustomObject)item).Overflow;
                var spec = fields?["spec"]?.Deserialize(ApiJson.Default.VerticalPodAutoscalerCheckpointSpec) ?? VerticalPodAutoscalerCheckpointSpec.Empty;
                var status = fields?["status"]?.Deserialize(ApiJson.Default.VerticalPodAutoscalerCheckpointStatus) ?? VerticalPodAutoscalerCheckpointStatus.Empty;
                found.Add((ObjectKey.Of(item), new(item.Metadata.Namespace ?? "", spec.VpaObjectName, spec.ContainerName), status));
            }
        }
        catch (Exception unreadable) when (unreadable is ApiException or JsonException)
        {
            // Without them it learns anew.
        }

        return found;
    }

    private readonly record struct CheckpointOf(string Namespace, string? VpaObjectName, string? ContainerName);
}
