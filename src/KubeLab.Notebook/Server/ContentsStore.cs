using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>The files of the lab's folder, as Jupyter's contents API sees them.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/contents.html">Contents API</seealso>
internal sealed class ContentsStore
{
    private readonly Lock gate = new();
    private readonly SeenVersions seen = new();
    private readonly ContentsReader reader;

    public ContentsStore(string folder, TimeProvider time)
    {
        Paths = new LabPath(folder);
        reader = new ContentsReader(Paths, seen, time);
        Checkpoints = new CheckpointStore(Paths, time);
    }

    public LabPath Paths { get; }

    public CheckpointStore Checkpoints { get; }

    /// <summary>The model of a file or folder.</summary>
    /// <param name="path">Counted from the lab's folder.</param>
    /// <param name="type">What it must be, or null for whatever it is.</param>
    /// <param name="format"><c>text</c>, <c>base64</c> or <c>json</c>; null chooses.</param>
    /// <param name="withContent">Whether the content comes along.</param>
    /// <exception cref="ApiException">There is none, or it is something else.</exception>
    public JsonObject Get(string path, string? type, string? format, bool withContent)
    {
        var file = Paths.Resolve(path);
        if (Directory.Exists(file))
        {
            return type is null or "directory" ? reader.Folder(file, withContent) : throw ApiException.BadRequest($"{path} is a directory, not a {type}");
        }

        if (!File.Exists(file))
        {
            throw ApiException.NotFound($"No such file or directory: {path}");
        }

        if (type == "directory")
        {
            throw new ApiException(400, $"{path} is not a directory", "bad type");
        }

        lock (gate)
        {
            return type is "notebook" || (type is null && ContentsModel.IsNotebook(file)) ? reader.Notebook(file, path, withContent) : reader.File(file, format, withContent);
        }
    }

    /// <summary>Saves; a file that has changed on disk since it was last read or saved here is not overwritten.</summary>
    /// <returns>The model without content, and whether the file is new.</returns>
    /// <exception cref="ApiException">It changed, cannot be saved, or is not what it says.</exception>
    public (JsonObject Model, bool IsNew) Save(string path, JsonElement model)
    {
        var file = Paths.Resolve(path);
        RefuseInsideFile(path, file);
        if (model.Text("type") == "directory")
        {
            if (File.Exists(file))
            {
                throw ApiException.BadRequest($"{path} is a file");
            }

            var isNewFolder = !Directory.Exists(file);
            Directory.CreateDirectory(file);
            return (reader.Folder(file, withContent: false), isNewFolder);
        }

        if (Directory.Exists(file))
        {
            throw ApiException.BadRequest($"{path} is a directory");
        }

        if (model.Get("chunk") is not null and not { ValueKind: JsonValueKind.Null })
        {
            throw ApiException.BadRequest("chunk: files are taken in one piece");
        }

        var bytes = ContentsModel.Bytes(path, model);
        lock (gate)
        {
            var isNew = !File.Exists(file);
            if (!isNew)
            {
                RefuseIfChanged(path, file, model);
            }

            AtomicFile.Write(file, bytes);
            seen.Note(file, FileVersion.Of(file));
            return (ContentsModel.OfFile(Paths, file, model.Text("type") ?? "file"), isNew);
        }
    }

    public JsonObject Rename(string path, string to)
    {
        var (from, target) = (Paths.Resolve(path), Paths.Resolve(to));
        if (from == Paths.Root)
        {
            throw ApiException.BadRequest("the lab's folder itself cannot be renamed");
        }

        if (from != target && (File.Exists(target) || Directory.Exists(target)))
        {
            throw new ApiException(409, $"File already exists: {to}");
        }

        RefuseInsideFile(to, target);
        if (target.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw ApiException.BadRequest($"{path} cannot be moved into itself");
        }

        lock (gate)
        {
            if (!File.Exists(from) && !Directory.Exists(from))
            {
                throw ApiException.NotFound($"No such file or directory: {path}");
            }

            if (from != target)
            {
                Move(from, target);
            }
        }

        return Get(to, null, null, withContent: false);
    }

    public void Delete(string path)
    {
        var file = Paths.Resolve(path);
        if (file == Paths.Root)
        {
            throw ApiException.BadRequest("the lab's folder itself cannot be deleted");
        }

        lock (gate)
        {
            if (Directory.Exists(file))
            {
                if (Directory.EnumerateFileSystemEntries(file).Any())
                {
                    throw ApiException.BadRequest($"Directory {path} not empty");
                }

                Directory.Delete(file);
            }
            else if (File.Exists(file))
            {
                // A wrong click should not cost the work of an evening.
                Checkpoints.Create(file);
                File.Delete(file);
            }
            else
            {
                throw ApiException.NotFound($"No such file or directory: {path}");
            }

            seen.Forget(file);
        }
    }

    /// <summary>Puts a kept version in the place of the file, whose own version is kept too.</summary>
    public void Restore(string path, string checkpoint)
    {
        var file = Paths.Resolve(path);
        lock (gate)
        {
            var bytes = Checkpoints.Read(file, checkpoint);
            if (File.Exists(file))
            {
                Checkpoints.Create(file);
            }

            AtomicFile.Write(file, bytes);
            seen.Note(file, FileVersion.Of(file));
        }
    }

    /// <summary>Writes a file of the lab's own making.</summary>
    public void Put(string file, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            AtomicFile.Write(file, bytes);
            seen.Note(file, FileVersion.Of(file));
        }
    }

    /// <summary>A name that is free in <paramref name="folder"/>: <c>Untitled.ipynb</c>, <c>Untitled1.ipynb</c>, …</summary>
    public string FreeName(string folder, string stem, string extension, string separator = "")
    {
        for (var i = 0; ; i++)
        {
            var name = i == 0 ? stem + extension : $"{stem}{separator}{i}{extension}";
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (Paths.Resolve(path) is var file && !File.Exists(file) && !Directory.Exists(file))
            {
                return path;
            }
        }
    }

    private void Move(string from, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Directory.Exists(from))
        {
            Directory.Move(from, target);
        }
        else
        {
            File.Move(from, target);
        }

        Checkpoints.Move(from, target);
        seen.Forget(from);
    }

    /// <summary>Below a file there is no room for others.</summary>
    private void RefuseInsideFile(string path, string file)
    {
        for (var above = Path.GetDirectoryName(file); above is not null && above.Length > Paths.Root.Length; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                throw ApiException.BadRequest($"{path}: {Paths.NameOf(above)} is a file, not a directory");
            }
        }
    }

    private void RefuseIfChanged(string path, string file, JsonElement model)
    {
        if (seen.MayOverwrite(file, model))
        {
            return;
        }

        // Whoever saves once more has been told; what is overwritten then can still be had.
        Checkpoints.Create(file);
        throw new ApiException(
            409, $"{path} has changed on disk since it was read: load it again, or save once more to overwrite it (that version is kept as a checkpoint)", "changed on disk");
    }
}
