using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Pods can also be bound to a node and evicted from it.</summary>
/// <remarks>Upstream: pkg/registry/core/pod/storage.</remarks>
internal sealed class PodStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    // Upstream's refusals name the subresource here.
    private static readonly ApiResource PodBinding = ApiResource.Named("v1", "pods/binding", "Binding", namespaced: true);

    private readonly BoundSpecs boundSpecs = new();

    /// <summary>Sets the node, once; a dry run only says whether it could.</summary>
    /// <exception cref="ApiException">Conflict: the pod is going, is another one, or has a node; NotFound.</exception>
    public void Bind(ObjectKey key, Binding binding, bool dryRun)
    {
        Validate(binding, key.Name);
        while (true)
        {
            var current = Etcd.Get(KeyOf(key)) ?? throw ApiErrors.NotFound(Resource, key.Name);
            var pod = (Pod)current.Value;
            Check(pod, binding);
            if (dryRun)
            {
                return;
            }

            var metadata = binding.Metadata.Annotations.IsEmpty && binding.Metadata.Labels.IsEmpty ? pod.Metadata : pod.Metadata with
            {
                Annotations = Merged(pod.Metadata.Annotations, binding.Metadata.Annotations),
                Labels = Merged(pod.Metadata.Labels, binding.Metadata.Labels),
            };
            var bound = pod with
            {
                Metadata = metadata,
                Spec = boundSpecs.Bind(pod.Spec, binding.Target.Name!),
                Status = pod.Status with { Conditions = Scheduled(pod.Status.Conditions) },
            };
            if (TryReplace(current, bound, out _))
            {
                return;
            }
        }
    }

    /// <summary>Deletes politely. No budget stands in the way: there are none yet.</summary>
    public void Evict(ObjectKey key, Eviction eviction, bool dryRun)
    {
        var options = eviction.DeleteOptions?.Overflow;
        var conditions = options?["preconditions"];
        Delete(key, new DeleteOptions
        {
            GracePeriodSeconds = options?["gracePeriodSeconds"]?.GetInt64(),
            Uid = Text(conditions, "uid"),
            ResourceVersion = Text(conditions, "resourceVersion"),
            DryRun = dryRun || options?["dryRun"]?.GetArrayLength() > 0,
        });
    }

    private static string? Text(JsonElement? owner, string name) =>
        owner is { } fields && fields.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Validate(Binding binding, string name)
    {
        var errors = new FieldErrors();
        var target = FieldPath.Root("target");
        if (!string.IsNullOrEmpty(binding.Target.Kind) && binding.Target.Kind != "Node")
        {
            errors.NotSupported(target.Child("kind"), binding.Target.Kind, "Node", "<empty>");
        }

        if (string.IsNullOrEmpty(binding.Target.Name))
        {
            errors.Required(target.Child("name"));
        }

        errors.ThrowIfAny(Binding.Resource, name);
    }

    private static void Check(Pod pod, Binding binding)
    {
        var name = pod.Metadata.Name!;
        if (binding.Metadata.Uid is { Length: > 0 } uid && uid != pod.Metadata.Uid)
        {
            throw Refused(name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {pod.Metadata.Uid}");
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            throw Refused(name, $"pod {name} is being deleted, cannot be assigned to a host");
        }

        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            throw Refused(name, $"pod {name} is already assigned to node \"{pod.Spec.NodeName}\"");
        }

        if (!pod.Spec.SchedulingGates.IsEmpty)
        {
            throw Refused(name, $"pod {name} has non-empty .spec.schedulingGates");
        }
    }

    private static ApiException Refused(string name, string why) => ApiErrors.Conflict(PodBinding, name, why);

    private ValueList<Condition> Scheduled(ValueList<Condition> conditions)
    {
        var scheduled = new Condition { Type = "PodScheduled", Status = "True", LastTransitionTime = Context.Clock.Now };
        var index = conditions.FindIndex(static c => c.Type == "PodScheduled");
        return index < 0 ? conditions.Add(scheduled) : conditions.SetItem(index, scheduled);
    }

    private static StringMap Merged(StringMap present, StringMap more)
    {
        foreach (var (key, value) in more)
        {
            present = present.With(key, value);
        }

        return present;
    }
}
