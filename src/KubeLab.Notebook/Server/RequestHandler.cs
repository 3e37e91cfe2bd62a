using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary>Every request: the name it is addressed to, who asks, then whoever answers it.</summary>
internal sealed class RequestHandler(
    Gatekeeper gate,
    KernelRoutes kernels,
    SessionRoutes sessions,
    ContentsRoutes contents,
    LabRoutes lab,
    ClusterRoutes clusters,
    KernelRegistry registry,
    TimeProvider time,
    Action<string> log)
{
    private readonly DateTimeOffset started = time.GetUtcNow();

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            await Answer.ErrorAsync(context, error.Status, error.Message, error.Reason);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await Answer.ErrorAsync(context, error.StatusCode, error.Message);
        }
        catch (Exception error) when (!context.Response.HasStarted && error is IOException or UnauthorizedAccessException)
        {
            await Answer.ErrorAsync(context, StatusCodes.Status500InternalServerError, error.Message);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            // The path alone: an address may hold a token, a body whatever a learner typed.
            log($"{context.Request.Method} {context.Request.Path}: {error}");
            await Answer.ErrorAsync(context, StatusCodes.Status500InternalServerError, $"the server failed: {error.GetType().Name}: {error.Message}");
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Harden(context);
        var request = context.Request;
        if (gate.RefusesHost(request) is { } stranger)
        {
            await Answer.ErrorAsync(context, StatusCodes.Status403Forbidden, stranger);
            return;
        }

        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (HttpMethods.IsOptions(request.Method))
        {
            Allow(context);
            await Answer.NothingAsync(context);
            return;
        }

        if (path is ["api"] && HttpMethods.IsGet(request.Method))
        {
            await Answer.JsonAsync(context, new JsonObject { ["version"] = "2.14.0" });
            return;
        }

        var access = gate.Judge(request);
        if (PageFiles.Serves(path) && HttpMethods.IsGet(request.Method))
        {
            await PageAsync(context, path, access);
            return;
        }

        if (!access.IsGranted)
        {
            await Answer.ErrorAsync(context, StatusCodes.Status403Forbidden, access.Why);
            return;
        }

        if (access.IsByToken)
        {
            Allow(context);
        }

        if (!(await GeneralAsync(context, path) || await kernels.HandleAsync(context, path) || await sessions.HandleAsync(context, path)
            || await contents.HandleAsync(context, path) || await lab.HandleAsync(context, path) || await clusters.HandleAsync(context, path)))
        {
            throw ApiException.NotFound($"{request.Method} {request.Path}: there is nothing here");
        }
    }

    private async Task PageAsync(HttpContext context, string[] path, Access access)
    {
        var hasToken = gate.HasTokenInAddress(context.Request);
        if (hasToken)
        {
            gate.GiveCookies(context);
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                // The address stays in histories and bookmarks; the token need not.
                context.Response.Redirect(context.Request.Path);
                return;
            }
        }

        await PageFiles.ServeAsync(context, path, access.IsGranted);
    }

    private async Task<bool> GeneralAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["api", "status"]):
                await Answer.JsonAsync(context, new JsonObject
                {
                    ["started"] = JupyterTime.Of(started),
                    ["last_activity"] = JupyterTime.Of(registry.Kernels.Select(k => k.LastActivity).Append(started).Max()),
                    ["connections"] = registry.Kernels.Sum(k => k.Connections),
                    ["kernels"] = registry.Kernels.Count,
                });
                return true;
            case ("GET", ["api", "me"]):
                await Answer.JsonAsync(context, new JsonObject
                {
                    ["identity"] = new JsonObject
                    {
                        ["username"] = "learner",
                        ["name"] = "Learner",
                        ["display_name"] = "Learner",
                        ["initials"] = "L",
                        ["avatar_url"] = null,
                        ["color"] = null,
                    },
                    ["permissions"] = new JsonObject(),
                });
                return true;
            default:
                return false;
        }
    }

    private static void Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
    }

    /// <summary>Lets programs in pages of other origins read answers to what they asked with a token; cookies are not sent for them.</summary>
    private static void Allow(HttpContext context)
    {
        if (context.Request.Headers.Origin.FirstOrDefault() is { } origin)
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowHeaders = "authorization, content-type, x-xsrftoken";
            headers.AccessControlAllowMethods = "GET, PUT, POST, PATCH, DELETE, OPTIONS";
            headers.AccessControlExposeHeaders = "location";
            headers.Vary = "Origin";
        }
    }
}
