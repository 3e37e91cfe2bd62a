using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what replication controllers and pod templates leave out.</summary>
/// <remarks>Upstream: SetDefaults_ReplicationController in pkg/apis/core/v1/defaults.go.</remarks>
internal static class ReplicationControllerDefaults
{
    public static ReplicationController Fill(ReplicationController obj)
    {
        var spec = obj.Spec;
        var template = spec.Template is { } given ? PodSpecDefaults.Template(given) : null;
        var labels = template?.Metadata.Labels ?? default;
        var filled = spec with
        {
            Replicas = spec.Replicas ?? 1,
            Selector = spec.Selector.IsEmpty ? labels : spec.Selector,
            Template = template,
        };
        obj = filled == spec ? obj : obj with { Spec = filled };
        return obj.Metadata.Labels.IsEmpty && !labels.IsEmpty ? obj with { Metadata = obj.Metadata with { Labels = labels } } : obj;
    }

    public static PodTemplate Fill(PodTemplate obj)
    {
        var template = PodSpecDefaults.Template(obj.Template);
        return ReferenceEquals(template, obj.Template) ? obj : obj with { Template = template };
    }
}
