using System.Net.Sockets;
using System.Security.Authentication;
using KubeLab.Client.Connecting;

namespace KubeLab.Client.Http;

/// <summary>Says why no answer came from a server, in the words of Go's tools where there are such words. Nothing secret is in them.</summary>
public static class ConnectionProblem
{
    /// <summary>Whether an exception of a transport means that there was no answer.</summary>
    public static bool Is(Exception problem) => problem is HttpRequestException or KubeconfigException or AuthenticationException or IOException;

    /// <summary>Whether nobody listens at the address.</summary>
    public static bool IsRefused(Exception problem) =>
        Inner<SocketException>(problem)?.SocketErrorCode == SocketError.ConnectionRefused
        || (problem is HttpRequestException && problem.Message.Contains("connection refused", StringComparison.Ordinal));

    /// <summary>What happened, for example <c>dial tcp 127.0.0.1:6443: connect: connection refused</c>.</summary>
    public static string Of(Exception problem, Uri server)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(server);
        if (Inner<KubeconfigException>(problem) is { } wrong)
        {
            return wrong.Problem;
        }

        if (Inner<AuthenticationException>(problem) is { } trust)
        {
            return trust.InnerException is { } reason && !trust.Message.StartsWith("tls: ", StringComparison.Ordinal) ? $"tls: {reason.Message}" : trust.Message;
        }

        if (problem is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } proxy)
        {
            return $"proxyconnect tcp: {(proxy.StatusCode is { } code ? $"the proxy answered {(int)code}" : "the proxy cannot be reached")}";
        }

        return Inner<SocketException>(problem)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => $"dial tcp {server.Host}:{server.Port}: connect: connection refused",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"dial tcp: lookup {server.Host}: no such host",
            SocketError.TimedOut => $"dial tcp {server.Host}:{server.Port}: i/o timeout",
            SocketError.ConnectionReset => $"read tcp {server.Host}:{server.Port}: connection reset by peer",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => $"dial tcp {server.Host}:{server.Port}: connect: no route to host",
            null => problem is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { InnerException: EndOfStreamException }
                ? "EOF"
                : problem.Message,
            var other => $"dial tcp {server.Host}:{server.Port}: {other}",
        };
    }

    private static T? Inner<T>(Exception? problem)
        where T : Exception
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            if (problem is T found)
            {
                return found;
            }
        }

        return null;
    }
}
