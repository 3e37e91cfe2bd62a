using KubeLab.Api.Core;
using KubeLab.Observing;

namespace KubeLab.Views;

/// <summary>Why a pod is not ready, in a few words.</summary>
internal static class PodReasons
{
    public static string Of(Pod pod)
    {
        var word = PodPhases.Of(pod);
        var unscheduled = pod.Status.Conditions.Find(c => c.Type == "PodScheduled" && c.Status == "False")?.Message;
        var waiting = pod.Status.ContainerStatuses.Find(c => c.State?.Waiting is not null)?.State!.Waiting!.Message;
        var detail = unscheduled ?? waiting;
        return detail is null ? $"{pod.Metadata.Name} is {word}" : $"{pod.Metadata.Name} is {word} ({detail})";
    }

    /// <summary>The reasons of up to three pods that are not ready.</summary>
    public static string OfAll(IEnumerable<Pod> pods)
    {
        var unready = pods.Where(p => !PodPhases.IsReady(p)).ToList();
        var shown = string.Join("; ", unready.Take(3).Select(Of));
        return unready.Count > 3 ? $"{shown}; and {unready.Count - 3} more" : shown;
    }
}
