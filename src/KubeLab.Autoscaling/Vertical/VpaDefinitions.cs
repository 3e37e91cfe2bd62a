using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Verbs;
using KubeLab.Api.Yaml;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>The kinds that the vertical autoscaler brings along (<c>data/crds</c>).</summary>
internal static class VpaDefinitions
{
    private const string File = "crds/vertical-pod-autoscaler.yaml";

    /// <summary>Stores the definitions that are missing.</summary>
    /// <exception cref="ApiException">The server refuses.</exception>
    public static void Ensure(IKubernetesApi api)
    {
        foreach (var definition in All())
        {
            if (api.Find<CustomResourceDefinition>("", definition.Metadata.Name!) is null)
            {
                api.Create(definition);
            }
        }
    }

    /// <summary>Whether the server serves both kinds.</summary>
    public static bool AreEstablished(IKubernetesApi api) =>
        All().TrueForAll(d => api.Find<CustomResourceDefinition>("", d.Metadata.Name!)?.Status.Is("Established") == true);

    private static List<CustomResourceDefinition> All()
    {
        using var stream = typeof(VpaDefinitions).Assembly.GetManifestResourceStream(File)!;
        using var reader = new StreamReader(stream);
        return Yaml.ReadDocuments(reader.ReadToEnd(), File).Select(d => d.Root!.Deserialize(ApiJson.Default.CustomResourceDefinition)!).ToList();
    }
}
