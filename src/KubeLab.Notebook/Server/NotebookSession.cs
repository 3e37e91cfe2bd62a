using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Server;

/// <summary>A notebook and the kernel that runs it.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html">Sessions in Jupyter Server</seealso>
internal sealed record NotebookSession(string Id, string Path, string Name, string Type, string KernelId)
{
    public JsonObject Model(JsonObject? kernel) => new()
    {
        ["id"] = Id,
        ["path"] = Path,
        ["name"] = Name,
        ["type"] = Type,
        ["kernel"] = kernel,
        ["notebook"] = new JsonObject { ["path"] = Path, ["name"] = Name },
    };
}
