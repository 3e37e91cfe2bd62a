using System.Net;

namespace KubeLab.Notebook.Server;

/// <summary>How the lab's server is run.</summary>
public sealed record NotebookServerOptions
{
    /// <summary>The folder whose files are served: the lab's.</summary>
    public required string Folder { get; init; }

    /// <summary>The program and arguments that start a kernel; the name of the pipe is added as the last argument.</summary>
    public required IReadOnlyList<string> KernelCommand { get; init; }

    /// <summary>Where to listen; other machines reach it only when this is changed from the loopback address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What a client must know; made up at random when null.</summary>
    public string? Token { get; init; }

    /// <summary>Further names under which the server may be addressed, besides <c>localhost</c> and its address.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>How long a kernel that nobody is connected to may do nothing before it is ended.</summary>
    public TimeSpan CullAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether a kernel stands ready before anybody asks for one.</summary>
    public bool HasSpareKernel { get; init; } = true;

    /// <summary>How much a request may hold, in bytes; a notebook with its outputs is one.</summary>
    public long BodyBytesMax { get; init; } = 256L << 20;

    /// <summary>Told the id of a kernel's process that has ended, however it did: what it has left behind can be tidied up then. Null when nobody listens.</summary>
    public Action<int>? KernelEnded { get; init; }

    /// <summary>Told what an operator would want to know, a line each and never a secret; null when nobody listens.</summary>
    public Action<string>? Log { get; init; }
}
