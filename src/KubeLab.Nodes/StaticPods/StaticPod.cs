using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Nodes.StaticPods;

/// <summary>Pods that a kubelet runs on its own account, from manifests on its machine, and the mirrors by which the API server knows of them.</summary>
/// <remarks>Upstream: pkg/kubelet/config/common.go and pkg/kubelet/pod/mirror_client.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/">Static Pods</seealso>
public static class StaticPod
{
    /// <summary>Where a pod was read: <c>file</c> for a static one, <c>api</c> for others.</summary>
    public const string SourceAnnotation = "kubernetes.io/config.source";

    /// <summary>Tells one version of a manifest from another.</summary>
    public const string HashAnnotation = "kubernetes.io/config.hash";

    /// <summary>On a mirror: the hash of what it mirrors.</summary>
    public const string MirrorAnnotation = "kubernetes.io/config.mirror";

    /// <summary>When the manifest was first read.</summary>
    public const string SeenAnnotation = "kubernetes.io/config.seen";

    private const int HashBytes = 16;

    /// <summary>Whether a kubelet read it from its machine.</summary>
    public static bool Is(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return !IsMirror(pod) && pod.Metadata.Annotations[SourceAnnotation] is { } source && source != "api";
    }

    /// <summary>Whether it stands for a static pod and is run by nobody itself.</summary>
    public static bool IsMirror(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Metadata.Annotations.ContainsKey(MirrorAnnotation);
    }

    /// <summary>The pod that a manifest describes on this node.</summary>
    /// <param name="manifest">What the file holds.</param>
    /// <param name="node">The node.</param>
    /// <param name="seen">When the file was first read.</param>
    internal static Pod Of(Pod manifest, string node, DateTimeOffset seen)
    {
        var hash = manifest.Metadata.Uid ?? Hash(manifest, node);
        var spec = manifest.Spec with { NodeName = node };
        if (!spec.Tolerations.Exists(t => t is { Operator: "Exists", Effect: "NoExecute" } && string.IsNullOrEmpty(t.Key)))
        {
            // What the node itself needs is not driven away when something is wrong with the node.
            spec = spec with { Tolerations = spec.Tolerations.Add(new Toleration { Operator = "Exists", Effect = "NoExecute" }) };
        }

        return manifest with
        {
            Metadata = manifest.Metadata with
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{manifest.Metadata.Name}-{node.ToLowerInvariant()}"),
                Namespace = string.IsNullOrEmpty(manifest.Metadata.Namespace) ? "default" : manifest.Metadata.Namespace,
                Uid = hash,
                Annotations = manifest.Metadata.Annotations
                    .With(HashAnnotation, hash)
                    .With(SourceAnnotation, "file")
                    .With(SeenAnnotation, seen.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture)),
            },
            Spec = spec,
        };
    }

    /// <summary>The mirror of a static pod; it belongs to the node, and goes with it.</summary>
    internal static Pod MirrorOf(Pod pod, Node node) => pod with
    {
        Metadata = pod.Metadata with
        {
            Uid = null,
            Annotations = pod.Metadata.Annotations.With(MirrorAnnotation, pod.Metadata.Annotations[HashAnnotation] ?? ""),
            OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name ?? "", Uid = node.Metadata.Uid ?? "", Controller = true }],
        },
    };

    /// <summary>Whether it mirrors this version of the static pod.</summary>
    internal static bool IsMirrorOf(Pod mirror, Pod pod) => mirror.Metadata.Annotations[MirrorAnnotation] == pod.Metadata.Annotations[HashAnnotation];

    private static string Hash(Pod manifest, string node)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(manifest, ApiJson.Default.Pod);
        return Convert.ToHexStringLower(SHA256.HashData([.. text, .. Encoding.UTF8.GetBytes($"host:{node}")]).AsSpan(0, HashBytes));
    }
}
