using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Server;

/// <summary>Makes the models of what is on disk, with content when that is asked for; what a client is given counts as seen.</summary>
internal sealed class ContentsReader(LabPath paths, SeenVersions seen, TimeProvider time)
{
    /// <summary>A folder; its content is what is in it.</summary>
    public JsonObject Folder(string folder, bool withContent)
    {
        var model = ContentsModel.OfFolder(paths, folder);
        if (withContent)
        {
            AtomicFile.Tidy(folder, time.GetUtcNow());
            model["format"] = "json";
            model["content"] = new JsonArray([.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(paths.IsShown)
                .OrderBy(e => e.Name, StringComparer.Ordinal)
                .Select(e => e is DirectoryInfo ? ContentsModel.OfFolder(paths, e.FullName) : ContentsModel.OfFile(paths, e.FullName, null))]);
        }

        return model;
    }

    /// <summary>A notebook; its content is what the file holds, as the newest format.</summary>
    /// <exception cref="ApiException">The file is no notebook.</exception>
    public JsonObject Notebook(string file, string path, bool withContent)
    {
        var model = ContentsModel.OfFile(paths, file, "notebook");
        if (withContent)
        {
            try
            {
                var version = FileVersion.Of(file);
                model["content"] = NotebookJson.FromFile(System.IO.File.ReadAllBytes(file));
                model["format"] = "json";
                seen.Note(file, version);
            }
            catch (FormatException error)
            {
                throw ApiException.BadRequest($"Unreadable Notebook: {path} {error.Message}");
            }
        }

        return model;
    }

    /// <summary>A file; its content is its text, or its bytes in Base64.</summary>
    /// <exception cref="ApiException">Text is asked for and it is none.</exception>
    public JsonObject File(string file, string? format, bool withContent)
    {
        var model = ContentsModel.OfFile(paths, file, "file");
        if (withContent)
        {
            seen.Note(file, FileVersion.Of(file));
            var bytes = System.IO.File.ReadAllBytes(file);
            var text = format == "base64" ? null : ContentsModel.TextOf(bytes);
            if (text is null && format == "text")
            {
                throw new ApiException(400, $"{model["path"]} is not UTF-8 encoded", "bad format");
            }

            model["content"] = text ?? Convert.ToBase64String(bytes);
            model["format"] = text is null ? "base64" : "text";
        }

        return model;
    }
}
