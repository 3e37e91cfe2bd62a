using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>The models of the contents API: every key is there, what is unknown is null.</summary>
internal static class ContentsModel
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsNotebook(string file) => file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);

    public static JsonObject OfFolder(LabPath paths, string folder) => Of(paths, new DirectoryInfo(folder), "directory", null, null);

    /// <param name="paths">The lab's folder.</param>
    /// <param name="file">The file.</param>
    /// <param name="type"><c>notebook</c> or <c>file</c>; null decides by the name.</param>
    public static JsonObject OfFile(LabPath paths, string file, string? type)
    {
        var info = new FileInfo(file);
        type ??= IsNotebook(file) ? "notebook" : "file";
        return Of(paths, info, type, type == "notebook" ? null : MediaTypes.Of(file), info.Exists ? info.Length : null);
    }

    /// <summary>The text, or null when the bytes are none.</summary>
    public static string? TextOf(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What a model that is to be saved puts into the file.</summary>
    /// <exception cref="ApiException">Its content does not fit its type and format.</exception>
    public static byte[] Bytes(string path, JsonElement model)
    {
        var type = model.Text("type") ?? throw ApiException.BadRequest("No file type provided");
        var content = model.Get("content") ?? throw ApiException.BadRequest("No file content provided");
        try
        {
            return (type, model.Text("format")) switch
            {
                ("notebook", _) => NotebookJson.ToFile(JsonObject.Create(content)),
                ("file", "base64") => Convert.FromBase64String(content.GetString() ?? ""),
                ("file", null or "text") when content.ValueKind == JsonValueKind.String => Strict.GetBytes(content.GetString()!),
                ("file", var format) => throw new FormatException($"format: 'text' or 'base64' is expected, not '{format}'"),
                _ => throw new FormatException($"type: 'notebook', 'file' or 'directory' is expected, not '{type}'"),
            };
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException)
        {
            throw ApiException.BadRequest($"{path} cannot be saved: {error.Message}");
        }
    }

    private static JsonObject Of(LabPath paths, FileSystemInfo entry, string type, string? mimeType, long? size) => new()
    {
        ["name"] = paths.NameOf(entry.FullName) is { Length: > 0 } ? entry.Name : "",
        ["path"] = paths.NameOf(entry.FullName),
        ["last_modified"] = JupyterTime.Of(entry.LastWriteTimeUtc),
        ["created"] = JupyterTime.Of(entry.CreationTimeUtc),
        ["content"] = null,
        ["format"] = null,
        ["mimetype"] = mimeType,
        ["size"] = size,
        ["writable"] = !entry.Attributes.HasFlag(FileAttributes.ReadOnly),
        ["type"] = type,
    };
}
