using System.Globalization;
using System.Text;
using KubeLab.ApiServer.Http;
using KubeLab.Simulation;
using KubeLab.Testing.Fuzzing;

namespace KubeLab.Http.Tests.Fuzzing;

/// <summary>Writes a request as HTTP/1.1, and breaks it: lengths that lie, chunks that do not add up, floods, halves.</summary>
internal sealed class BrokenMessage(Randomness chance, string token)
{
    /// <summary>How long the sender waits between two parts.</summary>
    public TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(chance.NextInt(20) == 0 ? 50 : 0);

    /// <summary>The bytes, in the parts in which they are sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts(ApiRequest request)
    {
        var body = request.Body.ToArray();
        var isChunked = chance.NextInt(4) == 0;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {Target(request)} {(chance.NextInt(30) == 0 ? Odd.Text(chance) : "HTTP/1.1")}\r\n");
        head.Append("Host: localhost\r\n");
        head.Append(chance.NextInt(15) switch { 0 => "", 1 => "Authorization: Bearer x\r\n", _ => $"Authorization: Bearer {token}\r\n" });
        Header(head, "Accept", request.Accept);
        Header(head, "Content-Type", request.ContentType);
        Header(head, "User-Agent", request.UserAgent);
        for (var i = chance.NextInt(20) switch { 0 => 50, 1 => 5000, _ => 0 }; i > 0; i--)
        {
            Header(head, $"X-{i}", "flood");
        }

        if (chance.NextInt(10) == 0)
        {
            Header(head, Odd.Text(chance), Odd.Text(chance));
        }

        head.Append(isChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {Length(body.Length)}\r\n");
        head.Append("\r\n");
        byte[] all = [.. Encoding.Latin1.GetBytes(head.ToString()), .. isChunked ? Chunked(body) : body];
        return Cut(chance.NextInt(8) == 0 ? new Mutation(chance).Bytes(all) : all);
    }

    // As a client library would send them: what has no place in a request line or a header is percent-encoded or left out.
    private static string Target(ApiRequest request)
    {
        var target = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(request.Query.Length == 0 ? request.Path : $"{request.Path}?{request.Query}"))
        {
            target.Append(b is > 0x20 and < 0x7f ? (char)b : string.Create(CultureInfo.InvariantCulture, $"%{b:X2}"));
        }

        return target.ToString();
    }

    private static void Header(StringBuilder head, string name, string? value)
    {
        if (value is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
    }

    private string Length(int length) => chance.NextInt(12) switch
    {
        0 => (length + 10).ToString(CultureInfo.InvariantCulture),
        1 => Math.Max(0, length - 10).ToString(CultureInfo.InvariantCulture),
        2 => Odd.Numbers[chance.NextInt(Odd.Numbers.Count)],
        _ => length.ToString(CultureInfo.InvariantCulture),
    };

    private byte[] Chunked(byte[] body)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(1 + chance.NextInt(100), body.Length - at);
            var said = chance.NextInt(60) == 0 ? "FFFFFFFFFFFFFFFF" : size.ToString("X", CultureInfo.InvariantCulture);
            bytes.AddRange(Encoding.ASCII.GetBytes($"{said}\r\n"));
            bytes.AddRange(body.AsSpan(at, size).ToArray());
            bytes.AddRange("\r\n"u8.ToArray());
            at += size;
        }

        bytes.AddRange("0\r\n\r\n"u8.ToArray());
        return [.. bytes];
    }

    private List<ReadOnlyMemory<byte>> Cut(byte[] all)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var end = chance.NextInt(10) == 0 ? chance.NextInt(all.Length + 1) : all.Length;
        for (var at = 0; at < end;)
        {
            var size = chance.NextInt(6) == 0 ? Math.Min(1 + chance.NextInt(200), end - at) : end - at;
            parts.Add(all.AsMemory(at, size));
            at += size;
        }

        return parts;
    }
}
