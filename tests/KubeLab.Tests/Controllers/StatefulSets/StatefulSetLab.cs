using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.StatefulSets;

/// <summary>A controller lab with one stateful set, <c>web</c>.</summary>
internal sealed class StatefulSetLab
{
    private static readonly StringMap Labels = StringMap.Of(("app", "web"));

    public ControllerLab Lab { get; } = new("worker-1");

    public StatefulSet Web => Lab.Api.Get<StatefulSet>("default", "web");

    public StatefulSetStatus Status => Web.Status;

    public string Names => string.Join(' ', Lab.Pods.Where(p => p.Metadata.DeletionTimestamp is null).Select(p => p.Metadata.Name).Order(StringComparer.Ordinal));

    /// <summary>Each pod's number and the version of its image.</summary>
    public string Images => string.Join(' ', Lab.Pods.OrderBy(p => p.Metadata.Name, StringComparer.Ordinal)
        .Select(p => $"{p.Metadata.Name![4..]}:{p.Spec.Containers[0].Image![4..]}"));

    public IReadOnlyList<ControllerRevision> Revisions => [.. Lab.Api.List<ControllerRevision>("default").OrderBy(r => r.Revision)];

    public IEnumerable<string> Events => Lab.EventsOf("StatefulSet");

    public Pod Pod(int ordinal) => Lab.Api.Get<Pod>("default", $"web-{ordinal}");

    public StatefulSet Create(int replicas, Func<StatefulSetSpec, StatefulSetSpec>? change = null)
    {
        var spec = new StatefulSetSpec
        {
            Replicas = replicas,
            ServiceName = "web",
            Selector = new() { MatchLabels = Labels },
            Template = new() { Metadata = new() { Labels = Labels }, Spec = ControllerLab.SpecOf("web:1") },
        };
        return Lab.Api.Create(new StatefulSet { Metadata = new() { Name = "web", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    public void Change(Func<StatefulSetSpec, StatefulSetSpec> change) => Lab.Api.Update(Web with { Spec = change(Web.Spec) });

    public void SetImage(string image) => Change(s => s with { Template = s.Template with { Spec = ControllerLab.SpecOf(image) } });

    public void Scale(int replicas) => Change(s => s with { Replicas = replicas });

    public void SetPhase(int ordinal, string phase)
    {
        var pod = Pod(ordinal);
        Lab.Api.UpdateStatus(pod with { Status = pod.Status with { Phase = phase, Conditions = pod.Status.Conditions.Where(c => c.Type != "Ready") } });
    }
}
