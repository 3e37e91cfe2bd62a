using KubeLab.Api.Meta;
using KubeLab.Http.Serving;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Live;

/// <summary>What a simulation shows and lets do beyond the Kubernetes API: its clock, its bill, its masters, its past, and what can break.</summary>
/// <remarks>Everything is done on the clock's thread, between two events; while a cell computes without letting time pass, answers wait for it.</remarks>
internal sealed class LiveRoutes(LiveCluster live, ClusterDoor door, LivePast past)
{
    // As long as the Kubernetes API waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Answers a request below <c>/lab</c>.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException)
        {
            // The client has gone: there is nobody to tell.
        }
        catch (TimeoutException)
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.TimedOut);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.BadRequest(Words(error)));
        }
    }

    // Whoever reads a page has no parameters.
    private static string Words(Exception error) =>
        error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        return (context.Request.Method, path) switch
        {
            ("GET", "/lab/clock") => LiveJson.AnswerAsync(context, Clock()),
            ("POST", "/lab/clock") => SetClockAsync(context),
            ("GET", "/lab/bill") => AnswerAsync(context, () => LiveBill.Of(live.Cluster)),
            ("GET", "/lab/masters") => AnswerAsync(context, () => LiveMasters.Of(live.Cluster)),
            ("GET", "/lab/why") => AnswerAsync(context, () => new { text = live.Cluster.WhyPending($"{Query(context, "namespace")}/{Query(context, "pod")}").ToString() }),
            ("POST", "/lab/act") => ActAsync(context),
            ("GET", "/lab/past") => LiveJson.AnswerAsync(context, past.Range),
            ("GET", _) when path.StartsWith("/lab/past/", StringComparison.Ordinal) => past.ServeAsync(context, path["/lab/past/".Length..]),
            _ => LiveJson.RefuseAsync(context, new Status { State = "Failure", Code = 404, Reason = "NotFound", Message = $"there is no {context.Request.Method} {path}" }),
        };
    }

    private object Clock() => new
    {
        now = door.Now,
        started = live.Cluster.Recorder.Started,
        speed = live.Pilot.Speed,
        paused = live.Pilot.IsPaused && !live.Pilot.IsAhead && !live.IsHeld,
        ahead = live.Pilot.IsAhead,
        held = live.IsHeld,
        canPause = true,
    };

    private async Task SetClockAsync(HttpContext context)
    {
        var order = await LiveJson.ReadAsync(context);
        if (live.IsHeld)
        {
            throw new InvalidOperationException("a cell runs, and has the clock until it ends");
        }

        switch (order.Do)
        {
            case "pause":
                live.Pilot.Pause();
                break;
            case "play":
                live.Pilot.Play();
                break;
            case "step":
                live.Pilot.Step();
                break;
            case "speed":
                live.Pilot.PlayAt(order.Speed ?? throw new ArgumentException("speed: say how many simulated seconds pass in a real one"));
                break;
            case "forward":
                live.Pilot.Ahead(Span(order.Seconds), CancellationToken.None);
                break;
            default:
                throw new ArgumentException($"do: \"{order.Do}\" is none of pause, play, step, speed, forward");
        }

        await AnswerAsync(context, Clock);
    }

    private static TimeSpan Span(double? seconds) => seconds is > 0 and <= 31 * 86_400
        ? TimeSpan.FromSeconds(seconds.Value)
        : throw new ArgumentException("seconds: say how many seconds ahead, up to 31 days");

    private async Task ActAsync(HttpContext context)
    {
        var order = await LiveJson.ReadAsync(context);
        if (live.IsHeld)
        {
            throw new InvalidOperationException("a cell runs, and has the cluster until it ends");
        }

        await AnswerAsync(context, () =>
        {
            LiveActs.Do(live.Cluster, order);
            return new { done = order.Do, order.Target };
        });
    }

    private async Task AnswerAsync<T>(HttpContext context, Func<T> ask) =>
        await LiveJson.AnswerAsync(context, await door.DoAsync(ask, context.RequestAborted).WaitAsync(Patience, context.RequestAborted));

    private static string Query(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } value]
        ? value
        : throw new ArgumentException($"{name}: say it once in the query");
}
