using System.Globalization;
using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Http.Streaming.Spdy;

namespace KubeLab.Http.Streaming;

/// <summary>What a simulated server says on a forwarded connection: it reads HTTP/1.1 requests and answers each.</summary>
/// <param name="stream">The connection.</param>
/// <param name="ask">Asks the container; null when it hears no web requests.</param>
internal sealed class WebConversation(SpdyStream stream, Func<WebQuestion, Task<WebAnswer?>> ask)
{
    private const int HeadBytesMax = 64 << 10;
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private byte[] rest = [];

    /// <summary>Answers until one side has enough; returns what went wrong, or null.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        while (await HeadAsync(cancellation) is { } head)
        {
            var lines = head.Split("\r\n");
            if (lines[0].Split(' ') is not [var method, var target, var version] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal))
            {
                return "the client speaks no HTTP, and a simulated container understands nothing else";
            }

            if (await ask(Question(method, target)) is not { } answer)
            {
                return "this simulated container listens here, but its program is only modelled as far as that: it speaks no HTTP and has nothing to say";
            }

            // What a request carries is read and not looked at.
            var isOver = Header(lines, "Transfer-Encoding") is not null || !await SkipAsync(lines, cancellation);
            isOver |= version == "HTTP/1.0" || Header(lines, "Connection")?.Equals("close", StringComparison.OrdinalIgnoreCase) == true;
            await stream.WriteAsync(Bytes(answer, method, isOver), cancellation);
            if (isOver)
            {
                return null;
            }
        }

        return null;
    }

    private static WebQuestion Question(string method, string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return new(method, Uri.UnescapeDataString(mark < 0 ? target : target[..mark]), mark < 0 ? "" : target[(mark + 1)..]);
    }

    private static byte[] Bytes(WebAnswer answer, string method, bool isOver)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var head = $"HTTP/1.1 {answer.Code} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(answer.Code)}\r\n"
            + $"Date: {TimeProvider.System.GetUtcNow():R}\r\nContent-Type: {answer.ContentType}\r\n"
            + $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n{(isOver ? "Connection: close\r\n" : "")}\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. method == "HEAD" ? [] : body];
    }

    private static string? Header(string[] lines, string name) => lines.Skip(1)
        .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private async Task<string?> HeadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var end = rest.AsSpan().IndexOf(EndOfHead);
            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(rest, 0, end);
                rest = rest[(end + EndOfHead.Length)..];
                return head;
            }

            if (rest.Length > HeadBytesMax || !await MoreAsync(cancellation))
            {
                return rest.Length == 0 ? null : Encoding.ASCII.GetString(rest, 0, Math.Min(rest.Length, 100));
            }
        }
    }

    private async Task<bool> SkipAsync(string[] lines, CancellationToken cancellation)
    {
        var left = long.TryParse(Header(lines, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
        while (left > rest.Length)
        {
            left -= rest.Length;
            rest = [];
            if (!await MoreAsync(cancellation))
            {
                return false;
            }
        }

        rest = rest[(int)left..];
        return true;
    }

    private async Task<bool> MoreAsync(CancellationToken cancellation)
    {
        if (!await stream.Reader.WaitToReadAsync(cancellation) || !stream.Reader.TryRead(out var data))
        {
            return false;
        }

        rest = [.. rest, .. data.Span];
        return true;
    }
}
