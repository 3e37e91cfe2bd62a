using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Kernel;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary><c>/api/kernelspecs</c> and <c>/api/kernels</c>, with the WebSocket of each kernel.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html">REST API of Jupyter Server</seealso>
internal sealed class KernelRoutes(KernelRegistry registry, ContentsStore contents, NotebookServerOptions options, CancellationToken stopping)
{
    public async Task<bool> HandleAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["api", "kernelspecs"]):
                await Answer.JsonAsync(context, new JsonObject
                {
                    ["default"] = KernelInfo.Name,
                    ["kernelspecs"] = new JsonObject { [KernelInfo.Name] = Spec() },
                });
                return true;
            case ("GET", ["api", "kernelspecs", var name]):
                await Answer.JsonAsync(context, name == KernelInfo.Name ? Spec() : throw ApiException.NotFound($"Kernel spec {name} not found"));
                return true;
            case ("GET", ["kernelspecs", KernelInfo.Name, "logo-svg.svg"]):
                await Answer.BytesAsync(context, KernelLogo.Svg, "image/svg+xml");
                return true;
            case ("GET", ["api", "kernels"]):
                await Answer.JsonAsync(context, new JsonArray([.. registry.Kernels.Select(k => k.Model())]));
                return true;
            case ("POST", ["api", "kernels"]):
                await StartAsync(context);
                return true;
            case ("GET", ["api", "kernels", var id]):
                await Answer.JsonAsync(context, registry.Kernel(id).Model());
                return true;
            case ("DELETE", ["api", "kernels", var id]):
                registry.EndKernel(id);
                await Answer.NothingAsync(context);
                return true;
            case ("POST", ["api", "kernels", var id, "interrupt"]):
                await registry.Kernel(id).InterruptAsync();
                await Answer.NothingAsync(context);
                return true;
            case ("POST", ["api", "kernels", var id, "restart"]):
                await registry.Kernel(id).RestartAsync(context.RequestAborted);
                await Answer.JsonAsync(context, registry.Kernel(id).Model());
                return true;
            case ("GET", ["api", "kernels", var id, "channels"]):
                await ConnectAsync(context, registry.Kernel(id));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The folder that cells of a notebook run in: its own, or the lab's when there is none.</summary>
    public string FolderOf(string path)
    {
        var file = contents.Paths.Resolve(path);
        var folder = Directory.Exists(file) ? file : Path.GetDirectoryName(file)!;
        return Directory.Exists(folder) ? folder : contents.Paths.Root;
    }

    private async Task StartAsync(HttpContext context)
    {
        // A gateway sends the caller's whole environment along; it is not wanted, and must not be kept.
        var body = await Answer.BodyAsync(context);
        var wished = body.Get("env")?.Text("KERNEL_WORKING_DIR");
        var folder = wished is not null && Directory.Exists(wished) ? wished : FolderOf(body.Text("path") ?? "");
        var kernel = registry.StartKernel(body.Text("name"), folder, body.Text("path"));
        context.Response.Headers.Location = $"/api/kernels/{kernel.Id}";
        await Answer.JsonAsync(context, kernel.Model(), StatusCodes.Status201Created);
    }

    private async Task ConnectAsync(HttpContext context, RunningKernel kernel)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw ApiException.BadRequest("this address takes WebSocket connections only");
        }

        var offersV1 = context.WebSockets.WebSocketRequestedProtocols.Contains(WebSocketFrame.Protocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = offersV1 ? WebSocketFrame.Protocol : null,
            KeepAliveInterval = TimeSpan.FromSeconds(30),
        });
        var client = new KernelSocket(socket, context.Request.Query["session_id"].FirstOrDefault() ?? "", options.BodyBytesMax);
        kernel.Add(client);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await client.RunAsync(message => ReceiveAsync(kernel, client, message), ended.Token);
        }
        finally
        {
            kernel.Remove(client);
        }
    }

    /// <summary>
    /// Shutting down is the server's work, so that a kernel in an endless loop does it too. Jupyter Server passes the request on, takes the end of
    /// the process for a death and starts a new one in either case; here a final shutdown is final.
    /// </summary>
    /// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-shutdown">Kernel shutdown in Jupyter</seealso>
    private Task ReceiveAsync(RunningKernel kernel, KernelSocket client, JupyterMessage message)
    {
        if (message.Type != "shutdown_request" || message.Channel is not (Channels.Shell or Channels.Control))
        {
            return kernel.ReceiveAsync(client, message);
        }

        var restarts = message.Content.Flag("restart", false);
        kernel.Answer(client, message, new JsonObject { ["status"] = "ok", ["restart"] = restarts });
        if (restarts)
        {
            kernel.Restart();
        }
        else if (registry.Kernels.Contains(kernel))
        {
            registry.EndKernel(kernel.Id);
        }

        return Task.CompletedTask;
    }

    private static JsonObject Spec() => new()
    {
        ["name"] = KernelInfo.Name,
        ["spec"] = new JsonObject
        {
            ["argv"] = new JsonArray("lab", "kernel", "{connection_file}"),
            ["env"] = new JsonObject(),
            ["display_name"] = KernelInfo.DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject(),
        },
        ["resources"] = new JsonObject { ["logo-svg"] = $"/kernelspecs/{KernelInfo.Name}/logo-svg.svg" },
    };
}
