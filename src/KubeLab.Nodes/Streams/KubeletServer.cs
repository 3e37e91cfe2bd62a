using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Sharing;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Streams;

/// <summary>What a kubelet answers on its port 10250, as long as it runs and can be reached: logs, commands, forwarded ports, usage.</summary>
/// <remarks>Upstream: pkg/kubelet/server.</remarks>
internal sealed class KubeletServer(Kubelet kubelet, NodeLink link, VirtualClock clock, Randomness execs, CpuMeter meter, IReadOnlyDictionary<ObjectKey, PodWorker> workers) : IKubeletEndpoint
{
    private readonly List<RunStream> streams = [];

    /// <inheritdoc/>
    public string Log(Pod pod, string container, LogOptions options)
    {
        RequireReach($"containerLogs/{pod.Metadata.Namespace}/{pod.Metadata.Name}/{container}");
        return ContainerLog.Read(workers.GetValueOrDefault(ObjectKey.Of(pod)), pod, container, options, clock.Now);
    }

    /// <inheritdoc/>
    public ContainerStream FollowLog(Pod pod, string container, LogOptions options)
    {
        RequireReach($"containerLogs/{pod.Metadata.Namespace}/{pod.Metadata.Name}/{container}");
        return Open(ContainerLog.Follow(workers.GetValueOrDefault(ObjectKey.Of(pod)), pod, container, options, clock.Now));
    }

    /// <inheritdoc/>
    public ContainerStream Exec(Pod pod, string container, ProcessOptions options)
    {
        RequireDial();
        if (FindAlive(pod, container) is not { } run)
        {
            return NoContainer(container);
        }

        if (options.Command.Count == 0)
        {
            return new EndedStream(ProcessEnd.Failure("you must specify at least 1 command for the container"), isRefused: true);
        }

        try
        {
            return Open(new ExecStream(run, kubelet, run.StartCommand(options.Command, new CommandOptions(options.Stdin, options.Tty)), options.Tty));
        }
        catch (ExecutableNotFoundException missing)
        {
            return new EndedStream(ProcessEnd.Failure(
                $"error executing command in container: failed to exec in container: failed to start exec \"{NextExecId()}\": "
                + $"OCI runtime exec failed: exec failed: unable to start container process: {missing.Message}: unknown"));
        }
    }

    /// <inheritdoc/>
    public ContainerStream Attach(Pod pod, string container, ProcessOptions options)
    {
        RequireDial();
        return FindAlive(pod, container) is { } run ? Open(new AttachStream(run, kubelet, options.Stdin)) : NoContainer(container);
    }

    /// <inheritdoc/>
    public string? WhyRefused(Pod pod, int port)
    {
        RequireDial();
        if (workers.GetValueOrDefault(ObjectKey.Of(pod))?.Listener(port) is not null)
        {
            return null;
        }

        return $"dial tcp4 127.0.0.1:{port}: connect: connection refused";
    }

    /// <inheritdoc/>
    public WebAnswer? Ask(Pod pod, int port, WebQuestion question)
    {
        RequireDial();
        return workers.GetValueOrDefault(ObjectKey.Of(pod))?.Listener(port)?.Answer(question);
    }

    /// <inheritdoc/>
    public NodeUsage Usage()
    {
        RequireReach("metrics/resource");
        var pods = new List<PodUsage>(workers.Count);
        long cpu = kubelet.Config.SystemCpuMillis, memory = kubelet.Config.SystemMemory;
        foreach (var (key, worker) in workers)
        {
            var use = worker.UseNow();
            if (use != default)
            {
                pods.Add(new PodUsage(key, use.CpuMillis, use.MemoryBytes));
                cpu += use.CpuMillis;
                memory += use.MemoryBytes;
            }
        }

        pods.Sort((left, right) => left.Pod.CompareTo(right.Pod));
        return new NodeUsage(Math.Min(cpu, kubelet.Config.Capacity["cpu"]?.MilliValue ?? cpu), memory, pods);
    }

    /// <inheritdoc/>
    public NodeStats Stats()
    {
        RequireReach("metrics/resource");
        var containers = new List<ContainerUsage>(workers.Count);
        long cpu = 0, memory = kubelet.Config.SystemMemory;
        foreach (var (key, worker) in workers)
        {
            foreach (var container in (ReadOnlySpan<ContainerRun[]>)[worker.InitContainers, worker.AppContainers])
            {
                foreach (var run in container)
                {
                    if (run.IsAlive)
                    {
                        var usage = new ContainerUsage(key, run.Spec.Name, run.StartedAt, run.CpuNanoseconds(), run.MemoryNow());
                        containers.Add(usage);
                        cpu += usage.CpuNanoseconds;
                        memory += usage.MemoryBytes;
                    }
                }
            }
        }

        return new NodeStats(meter.BootedAt, meter.Total(cpu), memory, containers);
    }

    /// <summary>Ends all streams, as when the process or the network does.</summary>
    public void BreakStreams() => streams.ToList().ForEach(s => s.Break());

    private ContainerRun? FindAlive(Pod pod, string container) =>
        workers.GetValueOrDefault(ObjectKey.Of(pod))?.Find(container) is { IsAlive: true, Run: not null } run ? run : null;

    private static EndedStream NoContainer(string container) =>
        new(new Status { State = "Failure", Code = 500, Reason = "InternalError", Message = $"container not found (\"{container}\")" }, isRefused: true);

    // The identities of execs come from a source of their own, so that a command does not change what happens on the node otherwise.
    private string NextExecId() => string.Create(
        CultureInfo.InvariantCulture,
        $"{execs.NextBits():x16}{execs.NextBits():x16}{execs.NextBits():x16}{execs.NextBits():x16}");

    private RunStream Open(RunStream stream)
    {
        streams.Add(stream);
        stream.OnOver = over => streams.Remove(over);
        return stream;
    }

    private void RequireDial()
    {
        if (!kubelet.IsActive || link.IsCut)
        {
            throw ApiErrors.Internal($"error dialing backend: dial tcp {kubelet.Config.InternalIP}:10250: {WhyOutOfReach}");
        }
    }

    private string WhyOutOfReach => kubelet.IsOn && !link.IsCut ? "connect: connection refused" : "i/o timeout";

    private void RequireReach(string path)
    {
        if (!kubelet.IsActive || link.IsCut)
        {
            throw new ApiException(new Status
            {
                State = "Failure",
                Code = 500,
                Reason = "InternalError",
                Message = $"Get \"https://{kubelet.Config.InternalIP}:10250/{path}\": dial tcp {kubelet.Config.InternalIP}:10250: {WhyOutOfReach}",
            });
        }
    }
}
