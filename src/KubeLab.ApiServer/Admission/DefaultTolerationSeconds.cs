using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Admission;

/// <summary>A pod that does not say otherwise endures a node that is not ready or unreachable for five minutes.</summary>
/// <remarks>Upstream: plugin/pkg/admission/defaulttolerationseconds.</remarks>
internal sealed class DefaultTolerationSeconds : IAdmissionPlugin
{
    private const long Seconds = 300;
    private static readonly Toleration NotReady = For("node.kubernetes.io/not-ready");
    private static readonly Toleration Unreachable = For("node.kubernetes.io/unreachable");
    private static readonly ValueList<Toleration> Both = [NotReady, Unreachable];

    private readonly PodSpecMemo memo = new(WithTolerations);

    public IApiObject Admit(in AdmissionRequest request)
    {
        if (request.Operation != Operation.Create || request.Object is not Pod pod)
        {
            return request.Object;
        }

        var spec = memo.Admitted(pod.Spec);
        return ReferenceEquals(spec, pod.Spec) ? pod : pod with { Spec = spec };
    }

    private static PodSpec WithTolerations(PodSpec spec)
    {
        if (spec.Tolerations.IsEmpty)
        {
            return spec with { Tolerations = Both };
        }

        var tolerations = spec.Tolerations;
        foreach (var wanted in Both)
        {
            if (!spec.Tolerations.Exists(t => Covers(t, wanted.Key!)))
            {
                tolerations = tolerations.Add(wanted);
            }
        }

        return tolerations.Count == spec.Tolerations.Count ? spec : spec with { Tolerations = tolerations };
    }

    private static bool Covers(Toleration toleration, string key) =>
        (toleration.Key == key || string.IsNullOrEmpty(toleration.Key))
        && (toleration.Effect == "NoExecute" || string.IsNullOrEmpty(toleration.Effect));

    private static Toleration For(string key) => new() { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = Seconds };
}
