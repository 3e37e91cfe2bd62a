using System.Globalization;
using System.Text;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Containers;

/// <summary>Answers <c>kubectl logs</c>, refusals in upstream's words included.</summary>
internal static class ContainerLog
{
    /// <exception cref="ApiException">The container is unknown, has not started, or has no previous run.</exception>
    public static string Read(PodWorker? worker, Pod pod, string container, LogOptions options, DateTimeOffset now)
    {
        var name = pod.Metadata.Name;
        var run = worker?.Find(container);
        if (run is null)
        {
            throw ApiErrors.BadRequest(worker is null
                ? $"container \"{container}\" in pod \"{name}\" is waiting to start: ContainerCreating"
                : $"container {container} is not valid for pod {name}");
        }

        if (run.ReadLog(options.Previous) is { } lines)
        {
            return Write(lines, options, now);
        }

        if (options.Previous)
        {
            throw ApiErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
        }

        var waiting = PodPhase.StatusOf(pod.Status.ContainerStatuses, container) ?? PodPhase.StatusOf(pod.Status.InitContainerStatuses, container);
        var reason = waiting?.State?.Waiting?.Reason ?? "ContainerCreating";
        var verb = reason is "ImagePullBackOff" or "ErrImagePull" or "ErrImageNeverPull" ? "trying and failing to pull image" : null;
        throw ApiErrors.BadRequest($"container \"{container}\" in pod \"{name}\" is {verb ?? $"waiting to start: {reason}"}");
    }

    private static string Write(IEnumerable<(DateTimeOffset At, string Text)> lines, LogOptions options, DateTimeOffset now)
    {
        if (options.SinceSeconds is { } seconds)
        {
            lines = lines.Where(l => l.At >= now - TimeSpan.FromSeconds(seconds));
        }

        if (options.TailLines is { } tail)
        {
            lines = lines.TakeLast(tail);
        }

        var text = new StringBuilder();
        foreach (var (at, line) in lines)
        {
            if (options.Timestamps)
            {
                text.Append(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '", CultureInfo.InvariantCulture));
            }

            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
