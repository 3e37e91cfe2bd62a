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
            return AskHttp(http, host, port, container);
        }

        if (probe.Grpc is not null)
        {
            return container.Pod.Listener(port) is null
                ? new($"timeout: failed to connect service \"{host}:{port}\" within {Math.Max(1, probe.TimeoutSeconds)}s: context deadline exceeded")
                : null;
        }

        return container.Pod.Listener(port) is null ? new($"dial tcp {host}:{port}: connect: connection refused") : null;
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

    private static ProbeError? AskHttp(HttpGetAction http, string host, int port, ContainerRun container)
    {
        var path = http.Path is { Length: > 0 } given ? given : "/";
        if (container.Pod.Listener(port) is not { } listener)
        {
            var scheme = (http.Scheme ?? "HTTP") == "HTTPS" ? "https" : "http";
            return new($"Get \"{scheme}://{host}:{port}{(path.StartsWith('/') ? path : "/" + path)}\": dial tcp {host}:{port}: connect: connection refused");
        }

        var status = listener.Run!.HttpStatus(path, listener.Elapsed);
        return status is >= 200 and < 400 ? null : new($"HTTP probe failed with statuscode: {status}");
    }

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
