using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.Disruptions;

/// <summary>How many pods there should be, as the controllers of those that are there say.</summary>
/// <remarks>Upstream: getExpectedScale and its finders in pkg/controller/disruption/disruption.go.</remarks>
internal sealed class ControllerScales(IKubernetesApi api, InformerFactory informers)
{
    private readonly Informer<ReplicaSet> sets = informers.For<ReplicaSet>();
    private readonly Informer<Deployment> deployments = informers.For<Deployment>();
    private readonly Informer<StatefulSet> statefulSets = informers.For<StatefulSet>();

    /// <summary>The sum over the controllers of <paramref name="pods"/>, each once; pods without a controller are left out.</summary>
    /// <exception cref="InvalidOperationException">A pod's controller is not there, or cannot be scaled.</exception>
    public int SumOf(IEnumerable<Pod> pods)
    {
        var scales = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (Ownership.ControllerOf(pod.Metadata) is not { } owner || scales.ContainsKey(owner.Uid))
            {
                continue;
            }

            var (uid, scale) = Find(owner, pod.Metadata.Namespace ?? "")
                ?? throw new InvalidOperationException($"found no controllers for pod \"{pod.Metadata.Name}\"");
            scales[uid] = scale;
        }

        return scales.Values.Sum();
    }

    private (string Uid, int Scale)? Find(OwnerReference owner, string ns) => owner.Kind switch
    {
        "ReplicaSet" => OfReplicaSet(owner, ns),
        "StatefulSet" => Same(statefulSets[new ObjectKey(ns, owner.Name)], owner) is { } set ? (owner.Uid, set.Spec.Replicas ?? 1) : null,
        _ => OfScale(owner, ns),
    };

    /// <summary>Of a deployment's set the deployment's number counts: during a rollout it has several sets.</summary>
    private (string Uid, int Scale)? OfReplicaSet(OwnerReference owner, string ns)
    {
        if (Same(sets[new ObjectKey(ns, owner.Name)], owner) is not { } set)
        {
            return null;
        }

        if (Ownership.ControllerOf(set.Metadata) is not { Kind: "Deployment" } above)
        {
            return (owner.Uid, set.Spec.Replicas ?? 1);
        }

        return Same(deployments[new ObjectKey(ns, above.Name)], above) is { } deployment ? (above.Uid, deployment.Spec.Replicas ?? 1) : null;
    }

    /// <summary>Any other kind is asked for its scale.</summary>
    private (string Uid, int Scale)? OfScale(OwnerReference owner, string ns)
    {
        var resource = ApiResource.Named(owner.ApiVersion, $"{owner.Kind.ToLowerInvariant()}s", owner.Kind, namespaced: true);
        var key = new ObjectKey(ns, owner.Name);
        try
        {
            return api.GetSubresource(resource, key, "scale") is Scale scale && scale.Metadata.Uid == owner.Uid ? (owner.Uid, scale.Spec.Replicas) : null;
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            return Exists(resource, key) ? throw new InvalidOperationException($"{resource.QualifiedName} does not implement the scale subresource") : null;
        }
    }

    private bool Exists(ApiResource resource, ObjectKey key)
    {
        try
        {
            return api.Find(resource, key) is not null;
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }

    private static T? Same<T>(T? found, OwnerReference owner)
        where T : class, IApiObject => found?.Metadata.Uid == owner.Uid ? found : null;
}
