using System.Globalization;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Http;
using KubeLab.Client.Http;
using KubeLab.Http.Identity;
using KubeLab.Http.Streaming;
using KubeLab.Http.Time;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLab.Http.Serving;

/// <summary>Takes one HTTP request from the socket to the cluster and its answer back.</summary>
internal sealed class RequestHandler(ClusterDoor door, Authenticator authenticator, ClusterServerOptions options, CancellationToken stopping)
{
    private readonly UpgradeHandler upgrades = new(door);
    private long requestsServed;

    /// <summary>How many requests have come so far.</summary>
    public long RequestsServed => Volatile.Read(ref requestsServed);

    /// <summary>Serves <paramref name="context"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        Interlocked.Increment(ref requestsServed);
        try
        {
            await ServeAsync(context, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the server stops: there is nobody to tell.
        }
        catch (BadHttpRequestException error)
        {
            await RefuseAsync(context, error.StatusCode == 413 ? EdgeStatus.TooLarge(options.BodyBytesMax) : EdgeStatus.BadRequest(error.Message), cancellation);
        }
        catch (TimeoutException)
        {
            await RefuseAsync(context, EdgeStatus.TimedOut, cancellation);
        }
        catch (Exception error) when (error is not IOException)
        {
            await RefuseAsync(context, EdgeStatus.Internal(error), cancellation);
        }
    }

    private async Task ServeAsync(HttpContext context, CancellationToken cancellation)
    {
        var (path, query) = Target(context);
        if (await authenticator.ProveAsync(context, cancellation) is not { } proof)
        {
            await RefuseAsync(context, EdgeStatus.Unauthorized, cancellation);
            return;
        }

        // What follows a request that goes on in another protocol belongs to that.
        var wantsUpgrade = UpgradeHandler.IsWanted(context);
        if ((wantsUpgrade ? ReadOnlyMemory<byte>.Empty : await ReadBodyAsync(context.Request, cancellation)) is not { } body)
        {
            await RefuseAsync(context, EdgeStatus.TooLarge(options.BodyBytesMax), cancellation);
            return;
        }

        var watch = WatchTime.Read(query);
        var request = new ApiRequest
        {
            Method = context.Request.Method,
            Path = path,
            Query = watch.Query,
            Accept = context.Request.Headers.Accept.Count == 0 ? null : context.Request.Headers.Accept.ToString(),
            ContentType = context.Request.ContentType,
            IfNoneMatch = context.Request.Headers.IfNoneMatch.Count == 0 ? null : context.Request.Headers.IfNoneMatch.ToString(),
            UserAgent = context.Request.Headers.UserAgent.ToString(),
            Body = body,
            User = proof.User,
            BearerToken = proof.Token,
            Impersonation = Impersonation.Read(name => context.Request.Headers[name]),
            WantsUpgrade = wantsUpgrade,
        };
        var isOwnTime = context.Request.Headers.ContainsKey(LabTime.Header);
        var answer = await door.AskAsync(request, isOwnTime ? null : AnchoredConnection.Of(context), cancellation);
        if (answer is null)
        {
            // The master's machine is down, and a machine that is down has no port that could answer.
            context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
            return;
        }

        if (answer.Response.Code == StatusCodes.Status101SwitchingProtocols)
        {
            await UpgradeAsync(context, answer.Response, cancellation);
            return;
        }

        Head(context.Response, answer.Response);
        if (isOwnTime)
        {
            context.Response.Headers[LabTime.Header] = LabTime.Text(answer.VirtualNow);
        }

        if (answer.Response.Stream is { } log)
        {
            await LogAsync(context, answer, log, LogTimes.AreIn(request), cancellation);
        }
        else if (answer.Watch is { } queue)
        {
            await WatchAsync(context, answer, queue, watch.Limit);
        }
        else
        {
            await BodyAsync(context, answer, LogTimes.AreIn(request), cancellation);
        }
    }

    private async Task UpgradeAsync(HttpContext context, ApiResponse response, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        try
        {
            if (await upgrades.ServeAsync(context, response, over.Token) is { } refusal)
            {
                await RefuseAsync(context, refusal, cancellation);
            }
        }
        catch (Exception gone) when (gone is System.Net.WebSockets.WebSocketException or TimeoutException or InvalidDataException)
        {
            context.Abort();
        }
        finally
        {
            if (response.Stream is { } stream)
            {
                door.Do(stream.Dispose);
            }
        }
    }

    private async Task LogAsync(HttpContext context, Answer answer, ContainerStream log, bool hasTimes, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        await using var queue = new StreamQueue(door, log);
        try
        {
            await context.Response.StartAsync(cancellation);
            await context.Response.BodyWriter.FlushAsync(cancellation);
            queue.Start();
            while (await queue.Reader.WaitToReadAsync(over.Token))
            {
                while (queue.Reader.TryRead(out var piece))
                {
                    var wall = TimeProvider.System.GetUtcNow();
                    var data = hasTimes ? LogTimes.Move(piece.Data, instant => answer.Anchor.ToWall(instant, piece.VirtualNow, wall)) : piece.Data;
                    await context.Response.BodyWriter.WriteAsync(data, over.Token);
                    queue.Sent(piece);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The server stops: the log ends as if its container had.
        }
    }

    private static void Head(HttpResponse http, ApiResponse response)
    {
        http.StatusCode = response.Code;
        http.ContentType = response.ContentType;
        http.Headers.CacheControl = response.CacheControl;
        http.Headers.ETag = response.ETag;
        foreach (var warning in response.Warnings.Select(ApiResponse.WarningHeader).OfType<string>())
        {
            http.Headers.Append("Warning", warning);
        }

        if (response.RetryAfterSeconds > 0)
        {
            http.Headers.RetryAfter = response.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task BodyAsync(HttpContext context, Answer answer, bool hasLogTimes, CancellationToken cancellation)
    {
        if (answer.Response.Code == StatusCodes.Status304NotModified)
        {
            // Such an answer has no body, not even an empty one.
            return;
        }

        var wall = TimeProvider.System.GetUtcNow();
        DateTimeOffset Move(DateTimeOffset instant) => answer.Anchor.ToWall(instant, answer.VirtualNow, wall);
        var body = answer.Response.ContentType switch
        {
            var type when type.StartsWith("application/json", StringComparison.Ordinal) => InstantFields.MoveInJson(answer.Response.Body, Move),
            "application/yaml" => InstantFields.MoveInYaml(answer.Response.Body, Move),
            "text/plain" when hasLogTimes => LogTimes.Move(answer.Response.Body, Move),
            _ => answer.Response.Body,
        };
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // A client that does not read is waited for as long as for the cluster: upstream's time for a request is for both.
            await context.Response.BodyWriter.WriteAsync(body, cancellation).AsTask().WaitAsync(options.AnswerTimeout, cancellation);
        }
    }

    private async Task WatchAsync(HttpContext context, Answer answer, WatchQueue queue, TimeSpan? limit)
    {
        try
        {
            await new WatchSender(context, answer.Anchor, queue).RunAsync(limit, stopping);
        }
        finally
        {
            door.End(answer.Response.Watch!);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > options.BodyBytesMax)
        {
            return null;
        }

        var bytes = new MemoryStream();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (bytes.Length > options.BodyBytesMax)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
            }
        }
    }

    private static async Task RefuseAsync(HttpContext context, Status status, CancellationToken cancellation)
    {
        if (context.Response.HasStarted || cancellation.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        var body = EdgeStatus.Bytes(status);
        context.Response.StatusCode = status.Code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, cancellation);
    }

    /// <summary>Path and query as they were sent: names in a path may hold encoded slashes.</summary>
    private static (string Path, string Query) Target(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/'))
        {
            return (context.Request.Path.ToUriComponent(), context.Request.QueryString.ToUriComponent().TrimStart('?'));
        }

        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (raw, "") : (raw[..mark], raw[(mark + 1)..]);
    }
}
