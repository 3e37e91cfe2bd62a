using System.Globalization;
using System.Text;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Nodes.Streams;

namespace KubeLab.Nodes.Containers;

/// <summary>Answers <c>kubectl logs</c>, refusals in upstream's words included.</summary>
internal static class ContainerLog
{
    /// <exception cref="ApiException">The container is unknown, has not started, or has no previous run.</exception>
    public static string Read(PodWorker? worker, Pod pod, string container, LogOptions options, DateTimeOffset now)
    {
        var text = string.Concat(Written(Find(worker, pod, container), pod, options, now));
        if (options.LimitBytes is not { } limit || Encoding.UTF8.GetByteCount(text) <= limit)
        {
            return text;
        }

        return ByteText.Decode(ByteText.Encode(text).AsSpan(0, (int)limit));
    }

    /// <summary>Follows the log until the container ends; of one that does not run it tells what there is.</summary>
    /// <exception cref="ApiException">The container is unknown, has not started, or has no previous run.</exception>
    public static RunStream Follow(PodWorker? worker, Pod pod, string container, LogOptions options, DateTimeOffset now)
    {
        var run = Find(worker, pod, container);
        var written = Written(run, pod, options, now);
        var started = now - run.Elapsed;
        return run.IsAlive && !options.Previous
            ? new LogFollower(run, run.Pod.Host, written, step => Line(started + step.At, step.Text!, options), options)
            : new ToldLogStream(run, run.Pod.Host, written, options);
    }

    private static ContainerRun Find(PodWorker? worker, Pod pod, string container) => worker?.Find(container)
        ?? throw ApiErrors.BadRequest(worker is null
            ? $"container \"{container}\" in pod \"{pod.Metadata.Name}\" is waiting to start: ContainerCreating"
            : $"container {container} is not valid for pod {pod.Metadata.Name}");

    private static IEnumerable<string> Written(ContainerRun run, Pod pod, LogOptions options, DateTimeOffset now)
    {
        var (name, container) = (pod.Metadata.Name, run.Spec.Name);
        if (run.ReadLog(options.Previous) is { } lines)
        {
            return Chosen(lines, options, now);
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

    private static IEnumerable<string> Chosen(IEnumerable<(DateTimeOffset At, string Text)> lines, LogOptions options, DateTimeOffset now)
    {
        var since = options.SinceTime ?? (options.SinceSeconds is { } seconds and < 1_000_000_000 ? now - TimeSpan.FromSeconds(seconds) : null);
        if (since is { } instant)
        {
            lines = lines.Where(l => l.At >= instant);
        }

        if (options.TailLines is { } tail)
        {
            lines = lines.TakeLast(tail);
        }

        return lines.Select(l => Line(l.At, l.Text, options));
    }

    private static string Line(DateTimeOffset at, string text, LogOptions options) => options.Timestamps
        ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '", CultureInfo.InvariantCulture) + text + "\n"
        : text + "\n";
}
