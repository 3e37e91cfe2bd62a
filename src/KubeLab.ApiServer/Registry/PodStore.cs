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
    private readonly PodEviction evictions = new(context);

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

    /// <summary>Deletes politely: as far as the pod's disruption budget lets it go.</summary>
    /// <exception cref="ApiException">NotFound; Conflict (preconditions); TooManyRequests: the budget refuses; 500: there are several budgets.</exception>
    public void Evict(ObjectKey key, Eviction eviction, bool dryRun)
    {
        var options = DeleteOptionsOf(eviction, dryRun);
        if (!string.IsNullOrEmpty(eviction.Metadata.Name) && eviction.Metadata.Name != key.Name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        }

        var pod = (Pod)Get(key);
        if (PodEviction.IsUnguarded(pod))
        {
            Delete(key, options);
            return;
        }

        OptimisticConcurrency.Check(Resource, options, pod.Metadata);
        var isUnhealthy = evictions.Charge(pod, options.DryRun);
        var version = options.ResourceVersion ?? (isUnhealthy ? pod.Metadata.ResourceVersion : null);
        try
        {
            version = options.DryRun ? version : MarkEvicted(key, options with { ResourceVersion = version }).Metadata.ResourceVersion;
            Delete(key, options with { ResourceVersion = options.ResourceVersion is null && !isUnhealthy ? null : version });
        }
        catch (ApiException refusal) when (refusal.IsConflict && isUnhealthy && options.ResourceVersion is null)
        {
            throw PodEviction.StillProcessed(evictions.NameOfBudget(pod));
        }
    }

    /// <summary>Says in the pod's status why it goes, so that its job can tell a disruption from a failure.</summary>
    private IApiObject MarkEvicted(ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            var current = Etcd.Get(KeyOf(key)) ?? throw ApiErrors.NotFound(Resource, key.Name);
            var pod = (Pod)current.Value;
            OptimisticConcurrency.Check(Resource, options, pod.Metadata);
            var target = new Condition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "EvictionByEvictionAPI",
                Message = "Eviction API: evicting",
                LastTransitionTime = Context.Clock.Now,
            };
            var index = pod.Status.Conditions.FindIndex(static c => c.Type == "DisruptionTarget");
            var conditions = index < 0 ? pod.Status.Conditions.Add(target) : pod.Status.Conditions.SetItem(index, target);
            if (TryReplace(current, pod with { Status = pod.Status with { Conditions = conditions } }, out var stored))
            {
                return stored;
            }
        }
    }

    private static DeleteOptions DeleteOptionsOf(Eviction eviction, bool dryRun)
    {
        var options = eviction.DeleteOptions?.Overflow;
        var conditions = options?["preconditions"];
        return new DeleteOptions
        {
            GracePeriodSeconds = options?["gracePeriodSeconds"] is { ValueKind: JsonValueKind.Number } grace ? grace.GetInt64() : null,
            Uid = Text(conditions, "uid"),
            ResourceVersion = Text(conditions, "resourceVersion"),
            DryRun = dryRun || options?["dryRun"] is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0,
        };
    }

    private static string? Text(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

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
