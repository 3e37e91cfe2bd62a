using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Admission;

/// <summary>Gives containers the requests and limits that a namespace's limit ranges set, and refuses pods and claims beyond their bounds.</summary>
/// <remarks>Upstream: plugin/pkg/admission/limitranger/admission.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/policy/limit-range/">Limit Ranges</seealso>
internal sealed class LimitRanges : IAdmissionPlugin, IValidatingPlugin
{
    private const string Annotation = "kubernetes.io/limit-ranger";
    private readonly Dictionary<string, (string Versions, PodSpecMemo Memo)> memos = new(StringComparer.Ordinal);

    public IApiObject Admit(in AdmissionRequest request)
    {
        if (request.Object is not Pod pod || request.Operation != Operation.Create || RangesOf(request) is not { Count: > 0 } ranges)
        {
            return request.Object;
        }

        var spec = MemoOf(pod.Metadata.Namespace!, ranges).Admitted(pod.Spec);
        if (ReferenceEquals(spec, pod.Spec))
        {
            return pod;
        }

        return pod with
        {
            Spec = spec,
            Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.With(Annotation, LimitDefaults.Describe(pod.Spec, ranges)) },
        };
    }

    public void Validate(in AdmissionRequest request)
    {
        if (request.Object is not (Pod or PersistentVolumeClaim)
            || (request.Object is Pod && request.Operation == Operation.Update)
            || request.Object.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        foreach (var range in RangesOf(request))
        {
            var problems = LimitBounds.Problems(range.Spec, request.Object);
            if (problems.Count > 0)
            {
                throw ApiErrors.Forbidden(
                    request.Store.Resource,
                    request.Object.Metadata.Name ?? "",
                    problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]");
            }
        }
    }

    private static IReadOnlyList<LimitRange> RangesOf(in AdmissionRequest request)
    {
        var items = request.Context.LimitRanges[request.Object.Metadata.Namespace ?? ""];
        return items.Count == 0 ? [] : [.. items.Select(static i => (LimitRange)i.Value)];
    }

    /// <summary>Pods of one template go on sharing one spec for as long as the limit ranges are the same.</summary>
    private PodSpecMemo MemoOf(string ns, IReadOnlyList<LimitRange> ranges)
    {
        var versions = string.Join(',', ranges.Select(r => r.Metadata.ResourceVersion));
        if (!memos.TryGetValue(ns, out var known) || known.Versions != versions)
        {
            memos[ns] = known = (versions, new PodSpecMemo(spec => LimitDefaults.Fill(spec, ranges)));
        }

        return known.Memo;
    }
}
