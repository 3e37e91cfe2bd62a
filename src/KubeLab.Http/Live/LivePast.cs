using System.Globalization;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Client.Http;
using KubeLab.Http.Serving;
using KubeLab.Simulated;
using KubeLab.Simulated.Replaying;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Live;

/// <summary>The Kubernetes API as it was: <c>/lab/past/2026-01-01T00:10:00Z/api/v1/pods</c>. Only what reads is answered, and nothing is watched, for time stands still there.</summary>
/// <remarks>A moment is made by repeating the cluster up to it, so it takes as long as the simulation took; the last few are kept.</remarks>
internal sealed class LivePast(LiveCluster live, ClusterDoor door) : IDisposable
{
    private const int KeptMax = 4;
    private readonly Lock moments = new();
    private readonly LinkedList<(DateTimeOffset At, SimulatedCluster Cluster, IApiFront Front)> kept = [];

    /// <summary>From when to when one can look back.</summary>
    public object Range => new { from = live.Cluster.Recorder.Started, to = door.Now };

    /// <summary>Answers <c>{instant}/{path}</c>.</summary>
    /// <exception cref="ArgumentException">The instant is none, or lies outside of the cluster's time.</exception>
    public async Task ServeAsync(HttpContext context, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var text = Uri.UnescapeDataString(slash < 0 ? rest : rest[..slash]);
        if (slash < 0 || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            throw new ArgumentException($"\"{text}\" is no instant: ask for /lab/past/2026-01-01T00:10:00Z/api/v1/pods");
        }

        if (context.Request.Query.ContainsKey("watch"))
        {
            await LiveJson.RefuseAsync(context, Past.Refusal);
            return;
        }

        var request = new ApiRequest
        {
            Method = "GET",
            Path = rest[slash..],
            Query = context.Request.QueryString.ToUriComponent().TrimStart('?'),
            Accept = context.Request.Headers.Accept.Count == 0 ? null : context.Request.Headers.Accept.ToString(),
        };

        // The journal is read on the clock's thread; the moment itself belongs to whoever asks, one at a time.
        var front = await door.DoAsync(() => FrontAt(at), context.RequestAborted);
        ApiResponse response;
        lock (moments)
        {
            response = front.Handle(request);
        }

        context.Response.StatusCode = response.Code;
        context.Response.ContentType = response.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[LabTime.Header] = LabTime.Text(at);
        await context.Response.BodyWriter.WriteAsync(response.Body, context.RequestAborted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (moments)
        {
            foreach (var (_, cluster, _) in kept)
            {
                cluster.Dispose();
            }

            kept.Clear();
        }
    }

    private IApiFront FrontAt(DateTimeOffset at)
    {
        lock (moments)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (node.Value.At == at)
                {
                    kept.Remove(node);
                    kept.AddFirst(node);
                    return node.Value.Front;
                }
            }

            var then = live.Cluster.Rewind(at);
            then.StandsStill = true;
            kept.AddFirst((at, then, then.FrontOf((_, _) => throw new ApiException(Past.Refusal))));
            if (kept.Count > KeptMax)
            {
                kept.Last!.Value.Cluster.Dispose();
                kept.RemoveLast();
            }

            return kept.First!.Value.Front;
        }
    }
}
