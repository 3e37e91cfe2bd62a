using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Http;

/// <summary>Reads the lines of one watch and tells a sink, on the clock's thread, in events of their own.</summary>
/// <remarks>
/// Inside the simulation the lines are pushed; from a real cluster a thread of its own reads them and posts them to the clock.
/// </remarks>
internal sealed class HttpWatch : IDisposable
{
    private readonly ApiResource resource;
    private readonly IWatchSink sink;
    private readonly VirtualClock clock;
    private readonly HttpResponseMessage response;
    private readonly bool isWallTimed;
    private readonly MemoryStream line = new();
    private volatile bool isOver;

    private HttpWatch(ApiResource resource, IWatchSink sink, VirtualClock clock, HttpResponseMessage response, bool isWallTimed)
    {
        this.isWallTimed = isWallTimed;
        this.resource = resource;
        this.sink = sink;
        this.clock = clock;
        this.response = response;
    }

    /// <summary>Begins to read.</summary>
    /// <param name="resource">What is watched.</param>
    /// <param name="sink">Who is told.</param>
    /// <param name="clock">On whose thread.</param>
    /// <param name="response">The answer whose body is the watch.</param>
    /// <param name="isWallTimed">Whether the clock goes by the wall, so that each line is told at the instant at which it came.</param>
    public static HttpWatch Begin(ApiResource resource, IWatchSink sink, VirtualClock clock, HttpResponseMessage response, bool isWallTimed)
    {
        var watch = new HttpWatch(resource, sink, clock, response, isWallTimed);
        var body = response.Content.ReadAsStream();
        if (body is IPushedStream pushed)
        {
            pushed.ReadBy(watch.OnBytes, () => watch.Later(() => watch.End(null)));
        }
        else
        {
            new Thread(() => watch.ReadLines(body)) { IsBackground = true, Name = $"watch {resource}" }.Start();
        }

        return watch;
    }

    public void Dispose()
    {
        if (!isOver)
        {
            isOver = true;
            response.Dispose();
        }
    }

    private void OnBytes(ReadOnlyMemory<byte> bytes)
    {
        foreach (var value in bytes.Span)
        {
            if (value != '\n')
            {
                line.WriteByte(value);
                continue;
            }

            var text = line.ToArray();
            line.SetLength(0);
            Later(() => OnLine(text));
        }
    }

    // Bytes come in events of the server, so what they say is told in a later event of the same instant.
    private void Later(Action action) => clock.After(TimeSpan.Zero, action);

    private void ReadLines(Stream body)
    {
        try
        {
            using var reader = new StreamReader(body);
            while (!isOver && reader.ReadLine() is { } text)
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(text);
                Post(() => OnLine(bytes));
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // A broken connection is an end like any other: the informer lists again.
        }

        Post(() => End(null));
    }

    private void Post(Action action)
    {
        if (isWallTimed)
        {
            var came = TimeProvider.System.GetUtcNow();
            clock.Post(() => clock.At(came, action));
        }
        else
        {
            clock.Post(action);
        }
    }

    private void OnLine(byte[] text)
    {
        if (isOver || text.Length == 0)
        {
            return;
        }

        try
        {
            Tell(text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A proxy that speaks in between, or an object that the records cannot hold: the watch is over, and the reader lists again.
            End(Bodies.ReadStatus(500, []));
        }
    }

    private void Tell(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var obj = root.GetProperty("object");
        if (root.GetProperty("type").GetString() is var word && word == "ERROR")
        {
            End(Bodies.ReadStatus(500, System.Text.Encoding.UTF8.GetBytes(obj.GetRawText())));
            return;
        }

        var type = word switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => WatchEventType.Bookmark,
        };
        sink.OnEvent(new WatchEvent(type, Bodies.Read(obj, resource)));
    }

    private void End(Status? error)
    {
        if (!isOver)
        {
            Dispose();
            sink.OnEnd(error);
        }
    }
}
