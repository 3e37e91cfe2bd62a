using System.Net;

namespace KubeLab.ApiServer.Http;

/// <summary>The content of a watch's or a followed log's response: it hands out the stream itself, so that a client can see that it is pushed.</summary>
internal sealed class WatchContent(IPushedBody body) : HttpContent
{
    private readonly WatchStream stream = new(body);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => this.stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
