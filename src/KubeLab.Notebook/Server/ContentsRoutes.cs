using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary><c>/api/contents</c>: files, folders, checkpoints; and <c>/files</c>: their bytes.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/contents.html">Contents API</seealso>
internal sealed class ContentsRoutes(ContentsStore store, NotebookServerOptions options)
{
    public async Task<bool> HandleAsync(HttpContext context, string[] path)
    {
        if (path is ["files", ..] && HttpMethods.IsGet(context.Request.Method))
        {
            await FileAsync(context, Joined(path[1..]));
            return true;
        }

        if (path is not ["api", "contents", .. var rest])
        {
            return false;
        }

        switch (context.Request.Method, rest)
        {
            case ("GET", [.. var file, "checkpoints"]):
                await Answer.JsonAsync(context, store.Checkpoints.List(store.Paths.Resolve(Joined(file))));
                return true;
            case ("POST", [.. var file, "checkpoints"]):
                await Answer.JsonAsync(context, store.Checkpoints.Create(store.Paths.Resolve(Joined(file))), StatusCodes.Status201Created);
                return true;
            case ("POST", [.. var file, "checkpoints", var id]):
                store.Restore(Joined(file), id);
                await Answer.NothingAsync(context);
                return true;
            case ("DELETE", [.. var file, "checkpoints", var id]):
                store.Checkpoints.Delete(store.Paths.Resolve(Joined(file)), id);
                await Answer.NothingAsync(context);
                return true;
            case ("GET", _):
                var query = context.Request.Query;
                var type = query["type"].FirstOrDefault() is { Length: > 0 } wished ? wished : null;
                await Answer.JsonAsync(context, store.Get(Joined(rest), type, query["format"].FirstOrDefault(), query["content"] != "0"));
                return true;
            case ("PUT", _):
                await PutAsync(context, Joined(rest));
                return true;
            case ("POST", _):
                await CreateAsync(context, Joined(rest));
                return true;
            case ("PATCH", _):
                var to = (await Answer.BodyAsync(context)).Text("path") ?? throw ApiException.BadRequest("path: the new path is required");
                await Answer.JsonAsync(context, store.Rename(Joined(rest), to.Trim('/')));
                return true;
            case ("DELETE", _):
                store.Delete(Joined(rest));
                await Answer.NothingAsync(context);
                return true;
            default:
                return false;
        }
    }

    private async Task PutAsync(HttpContext context, string path)
    {
        var body = await Answer.BodyAsync(context, options.BodyBytesMax);
        if (body.Text("copy_from") is { } source)
        {
            store.Put(store.Paths.Resolve(path), File.ReadAllBytes(Source(source)));
            await Answer.JsonAsync(context, store.Get(path, null, null, withContent: false), StatusCodes.Status201Created);
            return;
        }

        var (model, isNew) = store.Save(path, body);
        await Answer.JsonAsync(context, model, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>A new file, notebook or folder with a name of the server's choice, or a copy.</summary>
    private async Task CreateAsync(HttpContext context, string folder)
    {
        var body = await Answer.BodyAsync(context);
        string path;
        if (body.Text("copy_from") is { } source)
        {
            var name = Path.GetFileNameWithoutExtension(source);
            path = store.FreeName(folder, name + "-Copy1", Path.GetExtension(source), "-");
            store.Put(store.Paths.Resolve(path), File.ReadAllBytes(Source(source)));
        }
        else
        {
            path = Fresh(folder, body.Text("type") ?? "file", body.Text("ext") ?? "");
        }

        context.Response.Headers.Location = "/api/contents/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        await Answer.JsonAsync(context, store.Get(path, null, null, withContent: false), StatusCodes.Status201Created);
    }

    private string Fresh(string folder, string type, string extension)
    {
        var path = type switch
        {
            "directory" => store.FreeName(folder, "Untitled Folder", "", " "),
            "notebook" => store.FreeName(folder, "Untitled", ".ipynb"),
            _ => store.FreeName(folder, "untitled", extension),
        };
        var model = new JsonObject { ["type"] = type };
        if (type == "notebook")
        {
            model["content"] = JsonNode.Parse(Notebooks.NotebookFile.ToJson(new Notebooks.NotebookDocument { Metadata = Notebooks.CellMetadata.ForNotebook(null) }));
        }
        else if (type != "directory")
        {
            model["content"] = "";
            model["format"] = "text";
        }

        store.Save(path, model.ToElement());
        return path;
    }

    private string Source(string path)
    {
        var file = store.Paths.Resolve(path);
        return File.Exists(file) ? file : throw ApiException.NotFound($"No such file or directory: {path}");
    }

    /// <summary>The bytes of a file. Scripts in it do not run: what a learner downloads must not act in the lab's name.</summary>
    private async Task FileAsync(HttpContext context, string path)
    {
        var file = Source(path);
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";
        await Answer.BytesAsync(context, await File.ReadAllBytesAsync(file, context.RequestAborted), MediaTypes.Of(file));
    }

    private static string Joined(string[] path) => string.Join('/', path);
}
