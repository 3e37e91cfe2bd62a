using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>What every table of a workload shows of its pod template.</summary>
internal static class TemplateCells
{
    public static string Containers(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(c => c.Name));

    public static string Images(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(c => c.Image));
}
