using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Probes;

/// <summary>Why a probe failed.</summary>
/// <param name="Text">Upstream's words.</param>
/// <param name="IsUnknown">Whether it could not even be asked.</param>
internal sealed record ProbeError(string Text, bool IsUnknown = false);

/// <summary>Asks a container, or rather whoever listens in its pod, and words the failure as upstream.</summary>
internal static class ProbeQuestion
{
    private const int ServiceUnavailable = 503;

    /// <summary>Null when the answer is good.</summary>
    public static ProbeError? Ask(Probe probe, ContainerRun container)
    {
        if (probe.Exec is { } exec)
        {
            return AskExec(exec, container);
        }

        var (port, host) = Target(probe, container);
        if (probe.HttpGet is { } http)
        {
            return AskHttp(http, host, port, container, Timeout(probe));
        }

        var listener = container.Pod.Listener(port);
        var isHeard = listener is not null && ProbeRisk.Of(listener, Timeout(probe)) == ProbeFate.Answered;

        if (probe.Grpc is not null)
        {
            return !isHeard
                ? new($"timeout: failed to connect service \"{host}:{port}\" within {Math.Max(1, probe.TimeoutSeconds)}s: context deadline exceeded")
                : null;
        }

        return listener is null ? new($"dial tcp {host}:{port}: connect: connection refused") : isHeard ? null : new($"dial tcp {host}:{port}: i/o timeout");
    }

    /// <summary>How long after the process's start the answer may change; null when it never will.</summary>
    public static TimeSpan? NextChange(Probe probe, ContainerRun container)
    {
        if (probe.Exec is not null)
        {
            return container.Run?.NextChange(container.Elapsed);
        }

        var listener = container.Pod.Listener(Target(probe, container).Port);
        if (listener is not null && listener != container)
        {
            // A neighbour answers; its end would not be noticed here otherwise.
            return container.Elapsed;
        }

        if (listener?.Serving is { } serving && ProbeRisk.IsAny(serving.Figures))
        {
            // A busy server answers one question and not the next.
            return container.Elapsed;
        }

        return container.Run?.NextChange(container.Elapsed);
    }

    private static ProbeError? AskExec(ExecAction exec, ContainerRun container)
    {
        try
        {
            var result = container.Run!.Exec(exec.Command, container.Elapsed);
            return result.ExitCode == 0 ? null : new(result.Output.TrimEnd('\n'));
        }
        catch (ExecutableNotFoundException missing)
        {
            return new($"rpc error: code = Unknown desc = failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: "
                + $"unable to start container process: {missing.Message}: unknown", IsUnknown: true);
        }
    }

    private static ProbeError? AskHttp(HttpGetAction http, string host, int port, ContainerRun container, TimeSpan timeout)
    {
        var path = http.Path is { Length: > 0 } given ? given : "/";
        var scheme = (http.Scheme ?? "HTTP") == "HTTPS" ? "https" : "http";
        var url = $"{scheme}://{host}:{port}{(path.StartsWith('/') ? path : "/" + path)}";
        if (container.Pod.Listener(port) is not { } listener)
        {
            return new($"Get \"{url}\": dial tcp {host}:{port}: connect: connection refused");
        }

        var fate = ProbeRisk.Of(listener, timeout);
        if (fate == ProbeFate.Late)
        {
            return new($"Get \"{url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }

        var status = fate == ProbeFate.Refused ? ServiceUnavailable : listener.Run!.HttpStatus(path, listener.Elapsed);
        return status is >= 200 and < 400 ? null : new($"HTTP probe failed with statuscode: {status}");
    }

    private static TimeSpan Timeout(Probe probe) => TimeSpan.FromSeconds(Math.Max(1, probe.TimeoutSeconds));

    private static (int Port, string Host) Target(Probe probe, ContainerRun container)
    {
        var host = probe.HttpGet?.Host ?? probe.TcpSocket?.Host ?? container.Pod.PodIP ?? "";
        var port = probe.HttpGet?.Port ?? probe.TcpSocket?.Port ?? probe.Grpc?.Port ?? default(IntOrString);
        if (port.IsString && container.Spec.Ports.Find(p => p.Name == port.StrVal) is { } named)
        {
            return (named.Port, host);
        }

        return (port.IntValue, host);
    }
}
