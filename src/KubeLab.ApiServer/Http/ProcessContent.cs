using System.Net;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>What an in-memory client gets with code 101 in place of a connection: the process itself. It belongs to the clock's thread.</summary>
/// <param name="stream">The process.</param>
public sealed class ProcessContent(ContainerStream stream) : HttpContent
{
    /// <summary>The process; reading it begins it.</summary>
    public ContainerStream Stream => stream;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("a process is no body: read its stream");

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
