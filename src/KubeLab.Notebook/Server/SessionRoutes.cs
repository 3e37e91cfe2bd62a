using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary><c>/api/sessions</c>: which notebook runs in which kernel.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html">REST API of Jupyter Server</seealso>
internal sealed class SessionRoutes(KernelRegistry registry, KernelRoutes kernels)
{
    public async Task<bool> HandleAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["api", "sessions"]):
                await Answer.JsonAsync(context, new JsonArray([.. registry.Sessions.Select(ModelOrNull).OfType<JsonObject>()]));
                return true;
            case ("POST", ["api", "sessions"]):
                var opened = Open(await Answer.BodyAsync(context));
                context.Response.Headers.Location = $"/api/sessions/{opened.Id}";
                await Answer.JsonAsync(context, Model(opened), StatusCodes.Status201Created);
                return true;
            case ("GET", ["api", "sessions", var id]):
                await Answer.JsonAsync(context, Model(registry.Session(id)));
                return true;
            case ("PATCH", ["api", "sessions", var id]):
                await Answer.JsonAsync(context, Model(Change(registry.Session(id), await Answer.BodyAsync(context))));
                return true;
            case ("DELETE", ["api", "sessions", var id]):
                registry.EndSession(id);
                await Answer.NothingAsync(context);
                return true;
            default:
                return false;
        }
    }

    private NotebookSession Open(JsonElement body)
    {
        var path = body.Text("path") ?? body.Get("notebook")?.Text("path") ?? throw ApiException.BadRequest("Missing field in JSON data: path");
        var type = body.Text("type") ?? (body.Get("notebook") is null ? throw ApiException.BadRequest("Missing field in JSON data: type") : "notebook");
        var name = body.Text("name") ?? body.Get("notebook")?.Text("name") ?? "";
        var kernel = body.Get("kernel") ?? JsonText.EmptyObject;
        return registry.OpenSession(path, name, type, () => Kernel(kernel, path));
    }

    private NotebookSession Change(NotebookSession session, JsonElement body)
    {
        var path = body.Text("path") ?? body.Get("notebook")?.Text("path") ?? session.Path;
        var changed = session with { Path = path, Name = body.Text("name") ?? session.Name, Type = body.Text("type") ?? session.Type };
        if (body.Get("kernel") is { ValueKind: JsonValueKind.Object } kernel)
        {
            changed = changed with { KernelId = Kernel(kernel, path).Id };
        }

        registry.Put(changed);
        if (changed.KernelId != session.KernelId && registry.Sessions.All(s => s.KernelId != session.KernelId)
            && registry.Kernels.Any(k => k.Id == session.KernelId))
        {
            registry.EndKernel(session.KernelId);
        }

        return changed;
    }

    private RunningKernel Kernel(JsonElement wish, string path) =>
        wish.Text("id") is { Length: > 0 } id ? registry.Kernel(id) : registry.StartKernel(wish.Text("name"), kernels.FolderOf(path), path);

    private JsonObject Model(NotebookSession session) =>
        ModelOrNull(session) ?? throw new ApiException(StatusCodes.Status410Gone, "Kernel deleted before session");

    private JsonObject? ModelOrNull(NotebookSession session) =>
        registry.Kernels.FirstOrDefault(k => k.Id == session.KernelId) is { } kernel ? session.Model(kernel.Model()) : null;
}
