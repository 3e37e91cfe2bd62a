using System.Text;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Notebook.Server;

/// <summary><c>/lab/api</c>: what the lab's page needs beyond Jupyter: lessons, demos, progress, export.</summary>
internal sealed class LabRoutes(LessonDesk lessons, ContentsStore contents)
{
    private const long ProgressBytesMax = 4 << 20;

    private string Progress => Path.Combine(contents.Paths.Root, ".kubelab", "progress.json");

    public async Task<bool> HandleAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["lab", "api", "episodes"]):
                await Answer.JsonAsync(context, lessons.List());
                return true;
            case ("POST", ["lab", "api", "lessons", var id, "open"]):
                await Answer.JsonAsync(context, lessons.Open(id));
                return true;
            case ("POST", ["lab", "api", "lessons", var id, "reset"]):
                await Answer.JsonAsync(context, lessons.Reset(id));
                return true;
            case ("GET", ["lab", "api", "demos", var id]):
                await Answer.JsonAsync(context, lessons.Demo(id));
                return true;
            case ("GET", ["lab", "api", "progress"]):
                await Answer.BytesAsync(context, File.Exists(Progress) ? await File.ReadAllBytesAsync(Progress, context.RequestAborted) : "{}"u8.ToArray(), "application/json");
                return true;
            case ("PUT", ["lab", "api", "progress"]):
                contents.Put(Progress, (await Answer.BodyAsync(context, ProgressBytesMax)).RawUtf8());
                await Answer.NothingAsync(context);
                return true;
            case ("GET", ["lab", "api", "export", .. var file]):
                await ExportAsync(context, string.Join('/', file));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The notebook in plain C#, without the sugar that only this kernel knows, to run it elsewhere.</summary>
    private async Task ExportAsync(HttpContext context, string path)
    {
        var file = contents.Paths.Resolve(path);
        if (!File.Exists(file))
        {
            throw ApiException.NotFound($"No such file or directory: {path}");
        }

        try
        {
            var notebook = NotebookFile.Read(file);
            var plain = notebook with { Cells = [.. notebook.Cells.Select(c => c is CodeCell code ? code with { Source = MagicCells.ToCSharp(code.Source).Trim('\n') } : c)] };
            context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(Path.GetFileName(file))}";
            await Answer.BytesAsync(context, Encoding.UTF8.GetBytes(NotebookFile.ToJson(plain)), MediaTypes.Of(file));
        }
        catch (FormatException error)
        {
            throw ApiException.BadRequest(error.Message);
        }
    }
}
