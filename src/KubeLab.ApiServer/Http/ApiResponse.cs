using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>An HTTP answer without its transport: bytes, or for a watch a stream of lines.</summary>
public sealed record ApiResponse
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly Lazy<ReadOnlyMemory<byte>>? later;

    /// <summary>The HTTP status code.</summary>
    public required int Code { get; init; }

    /// <summary>The <c>Content-Type</c> header.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What the <c>Warning</c> headers say, one text each; see <see cref="WarningHeader"/>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The <c>ETag</c> header with its quotes, or null: the content's fingerprint, by which a client keeps what has not changed.</summary>
    public string? ETag { get; init; }

    /// <summary>The <c>Cache-Control</c> header.</summary>
    public string CacheControl { get; init; } = "no-cache, private";

    /// <summary>Seconds for the <c>Retry-After</c> header, or 0 for none.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>The body; empty for a watch.</summary>
    /// <remarks>
    /// That of an object or a list is written when it is first asked for, on whatever thread: objects never change, and a long list need not keep the
    /// clock waiting.
    /// </remarks>
    public ReadOnlyMemory<byte> Body
    {
        get => later is null ? body : later.Value;
        init => (body, later) = (value, null);
    }

    /// <summary>Writes the body later.</summary>
    internal Func<ReadOnlyMemory<byte>> Later
    {
        init => later = new Lazy<ReadOnlyMemory<byte>>(value);
    }

    /// <summary>The lines of a watch, or null. Its headers must be sent at once, before the first line.</summary>
    public WatchBody? Watch { get; init; }

    /// <summary>What a container writes, or null: the body of a followed log, or with code 101 a process to which the client is connected.</summary>
    public ContainerStream? Stream { get; init; }

    /// <summary>How the process was started, with code 101; null otherwise.</summary>
    public ProcessOptions? Process { get; init; }

    /// <summary>The pod whose ports the client is connected to, with code 101; null otherwise.</summary>
    public PodPorts? Ports { get; init; }

    /// <summary>The value of a <c>Warning</c> header, as RFC 7234 writes it and kubectl reads it; null for what no header can hold, which upstream leaves out too.</summary>
    public static string? WarningHeader(string text) => text.Any(char.IsControl)
        ? null
        : $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
