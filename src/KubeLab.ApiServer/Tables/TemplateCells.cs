using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.ApiServer.Tables;

/// <summary>What every table of a workload shows of its pod template.</summary>
internal static class TemplateCells
{
    public static string Containers(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(c => c.Name));

    public static string Images(PodTemplateSpec template) => string.Join(',', template.Spec.Containers.Select(c => c.Image));

    /// <summary>A selector, or <c>&lt;none&gt;</c> where there is none.</summary>
    public static string Chosen(LabelSelector? selector) => selector is null ? "<none>" : Selector.From(selector).ToString() is { Length: > 0 } text ? text : "<none>";

    /// <summary>Labels as they are written, or <c>&lt;none&gt;</c>.</summary>
    public static string Labels(StringMap labels) => labels.IsEmpty ? "<none>" : string.Join(',', labels.Select(l => $"{l.Key}={l.Value}"));
}
