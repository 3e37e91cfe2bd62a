using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>
/// Lets code in a kernel open a door of its own, an HTTP server on this machine, which the lab's server then offers to whoever may use the
/// lab: <c>/lab/clusters/{kernel}/{name}/…</c>. Where no lab serves the kernel nothing happens.
/// </summary>
public static class KernelEndpoints
{
    private static volatile KernelSession? current;

    /// <summary>Announces the door; one of the same name is replaced.</summary>
    /// <param name="name">A short name for addresses: letters, digits, dots and dashes.</param>
    /// <param name="url">Where it listens, on a loopback address.</param>
    /// <param name="token">The bearer token that the lab's server sends along, or null.</param>
    /// <param name="title">What people read; <paramref name="name"/> when null.</param>
    /// <exception cref="ArgumentException">The name does not fit into an address, or the address is not on this machine.</exception>
    public static void Announce(string name, Uri url, string? token = null, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') || name is "." or "..")
        {
            throw new ArgumentException($"'{name}' does not fit into an address: use letters, digits, dots and dashes", nameof(name));
        }

        if (!url.IsAbsoluteUri || !url.IsLoopback || url.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{url}' is no http address on this machine", nameof(url));
        }

        Send("endpoint", new JsonObject { ["name"] = name, ["url"] = url.AbsoluteUri, ["token"] = token, ["title"] = title ?? name });
    }

    /// <inheritdoc cref="Announce(string, Uri, string?, string?)"/>
    public static void Announce(string name, string url, string? token = null, string? title = null) =>
        Announce(name, new Uri(url, UriKind.RelativeOrAbsolute), token, title);

    /// <summary>Takes the door off the list.</summary>
    /// <param name="name">The name it was announced by.</param>
    public static void Withdraw(string name) => Send("endpoint_gone", new JsonObject { ["name"] = name });

    internal static void Connect(KernelSession session) => current = session;

    private static void Send(string type, JsonObject content) => current?.Send(Channels.Lab, type, JsonText.EmptyObject, content);
}
