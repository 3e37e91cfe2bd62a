using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Yaml;

namespace KubeLab.Autoscaling.JustInTime;

/// <summary>The kinds that just-in-time provisioning brings along.</summary>
public static class KarpenterKinds
{
    /// <summary>What machines may be rented for pods that wait.</summary>
    public static ApiResource NodePools { get; } = ApiResource.Named("karpenter.sh/v1", "nodepools", "NodePool", false, "", "karpenter", "status");

    /// <summary>Machines that were asked for.</summary>
    public static ApiResource NodeClaims { get; } = ApiResource.Named("karpenter.sh/v1", "nodeclaims", "NodeClaim", false, "", "karpenter", "status");

    /// <summary>What the provider needs to know beside the type.</summary>
    public static ApiResource NodeClasses { get; } = ApiResource.Named("karpenter.kubelab.dev/v1", "kubelabnodeclasses", "KubeLabNodeClass", false, "klnc", "karpenter", "status");

    /// <summary>Their definitions, to be stored where they are not.</summary>
    public static IReadOnlyList<CustomResourceDefinition> Definitions() => [Read("nodepools"), Read("nodeclaims"), Read("nodeclasses")];

    private static CustomResourceDefinition Read(string name)
    {
        using var stream = typeof(KarpenterKinds).Assembly.GetManifestResourceStream($"karpenter/{name}.yaml")
            ?? throw new InvalidOperationException($"the definition of {name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return Yaml.ReadDocuments(reader.ReadToEnd(), name)[0].Root.Deserialize(ApiJson.Default.CustomResourceDefinition)!;
    }
}
