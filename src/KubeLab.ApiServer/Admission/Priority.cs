using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Admission;

/// <summary>Turns the name of a priority class into the number that the scheduler compares.</summary>
/// <remarks>Upstream: plugin/pkg/admission/priority. The two system classes always exist.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">Pod priority</seealso>
internal sealed class Priority : IAdmissionPlugin
{
    private const int SystemClusterCritical = 2_000_000_000;
    private const int SystemNodeCritical = 2_000_001_000;

    private readonly PodSpecMemo memo = new(WithPriority);

    public IApiObject Admit(in AdmissionRequest request)
    {
        if (request.Operation != Operation.Create || request.Object is not Pod pod)
        {
            return request.Object;
        }

        var resource = request.Store.Resource;
        var name = pod.Metadata.Name ?? "";
        var named = Stored(request, pod.Spec.PriorityClassName);
        var priority = named?.Value ?? ValueOf(pod.Spec.PriorityClassName)
            ?? throw ApiErrors.Forbidden(resource, name, $"no PriorityClass with name {pod.Spec.PriorityClassName} was found");
        if (pod.Spec.Priority is { } given && given != priority)
        {
            throw ApiErrors.Forbidden(
                resource,
                name,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }

        // What a stored class says may change with the class, so only the others are remembered.
        var spec = named is null
            ? memo.Admitted(pod.Spec)
            : pod.Spec with { Priority = priority, PreemptionPolicy = pod.Spec.PreemptionPolicy ?? named.PreemptionPolicy };
        return ReferenceEquals(spec, pod.Spec) ? pod : pod with { Spec = spec };
    }

    private static PriorityClass? Stored(in AdmissionRequest request, string? className) => string.IsNullOrEmpty(className)
        ? null
        : request.Context.Etcd.Get(string.Concat(PriorityClass.Resource.StorePrefix, className))?.Value as PriorityClass;

    private static int? ValueOf(string? className) => className switch
    {
        null or "" => 0,
        "system-cluster-critical" => SystemClusterCritical,
        "system-node-critical" => SystemNodeCritical,
        _ => null,
    };

    private static PodSpec WithPriority(PodSpec spec) => spec.Priority is not null && spec.PreemptionPolicy is not null
        ? spec
        : spec with { Priority = ValueOf(spec.PriorityClassName), PreemptionPolicy = spec.PreemptionPolicy ?? "PreemptLowerPriority" };
}
