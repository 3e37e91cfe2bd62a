using System.Runtime.CompilerServices;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Admission;

/// <summary>Gives pods the token of their service account in a volume, and the account's secrets for pulling images.</summary>
/// <remarks>
/// Upstream draws a new name for the volume of each pod. Here it is drawn once for each spec that is handed in: the pods of one template go on sharing one spec, which keeps
/// 150,000 of them small, and no program can tell, for a volume's name means nothing outside its pod. Upstream: plugin/pkg/admission/serviceaccount.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller">
/// ServiceAccount admission controller
/// </seealso>
internal sealed class ServiceAccountAdmission(Randomness chance) : IAdmissionPlugin
{
    private const string VolumePrefix = "kube-api-access-";
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>How long upstream waits for the account of a namespace that is just being made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ServiceAccount Awaited = new();

    private static readonly OpaqueObject Token = new OpaqueObject()
        .With("sources", JsonElement.Parse("""
            [
              {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
              {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
              {"downwardAPI": {"items": [{"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}, "path": "namespace"}]}}
            ]
            """))
        .With("defaultMode", JsonElement.Parse("420"));

    private readonly ConditionalWeakTable<PodSpec, Admitted> known = [];

    public IApiObject Admit(in AdmissionRequest request)
    {
        if (request.Operation != Operation.Create || request.Object is not Pod pod)
        {
            return request.Object;
        }

        // What stands for a static pod has no account: its kubelet runs it whatever the API server says.
        if (pod.Metadata.Annotations.ContainsKey("kubernetes.io/config.mirror"))
        {
            return pod;
        }

        var account = Find(request, pod);
        if (known.TryGetValue(pod.Spec, out var before) && ReferenceEquals(before.Account, account))
        {
            return pod with { Spec = before.Spec };
        }

        var spec = Equip(pod.Spec, account);
        known.AddOrUpdate(pod.Spec, new Admitted(account, spec));
        return pod with { Spec = spec };
    }

    private static ServiceAccount Find(in AdmissionRequest request, Pod pod)
    {
        var (ns, name) = (pod.Metadata.Namespace!, pod.Spec.ServiceAccountName ?? "default");
        if (request.Context.Etcd.Get($"{ServiceAccount.Resource.StorePrefix}{ns}/{name}")?.Value is ServiceAccount account)
        {
            return account;
        }

        // Upstream holds the request until the controller has made the account. A call here takes no time, so the pod is let in as it would be then.
        var place = request.Context.Etcd.Get($"{Namespace.Resource.StorePrefix}{ns}")?.Value;
        return name == "default" && request.Context.Clock.Now - place?.Metadata.CreationTimestamp?.Instant <= Patience
            ? Awaited
            : throw ApiErrors.Forbidden(
                request.Store.Resource, pod.Metadata.Name ?? "", $"error looking up service account {ns}/{name}: serviceaccount {GoQuote.Quote(name)} not found");
    }

    private PodSpec Equip(PodSpec spec, ServiceAccount account)
    {
        if (spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true)
        {
            spec = Mount(spec);
        }

        return spec.ImagePullSecrets.IsEmpty && !account.ImagePullSecrets.IsEmpty ? spec with { ImagePullSecrets = account.ImagePullSecrets } : spec;
    }

    private PodSpec Mount(PodSpec spec)
    {
        var there = spec.Volumes.Find(v => v.Name.StartsWith(VolumePrefix, StringComparison.Ordinal));
        var mount = new VolumeMount { Name = there?.Name ?? VolumePrefix + chance.NextSuffix(), ReadOnly = true, MountPath = MountPath };
        var (containers, first) = (Each(spec.Containers, mount), Each(spec.InitContainers, mount));
        if (containers == spec.Containers && first == spec.InitContainers)
        {
            return spec;
        }

        return spec with
        {
            Containers = containers,
            InitContainers = first,
            Volumes = there is not null ? spec.Volumes : spec.Volumes.Add(new Volume { Name = mount.Name, Projected = Token }),
        };
    }

    private static ValueList<Container> Each(ValueList<Container> containers, VolumeMount mount) => containers
        .Select(c => c.VolumeMounts.Exists(m => m.MountPath == MountPath) ? c : c with { VolumeMounts = c.VolumeMounts.Add(mount) }).ToValueList();

    private sealed record Admitted(ServiceAccount Account, PodSpec Spec);
}
