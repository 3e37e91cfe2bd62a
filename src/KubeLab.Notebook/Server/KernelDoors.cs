using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>The doors that code in one kernel has opened; they end with its process.</summary>
internal sealed class KernelDoors(string kernel)
{
    private readonly SortedDictionary<string, KernelEndpoint> endpoints = new(StringComparer.Ordinal);

    public IReadOnlyList<KernelEndpoint> All => [.. endpoints.Values];

    /// <summary>The kernel says that a door was opened or closed; what is no door on this machine is passed over.</summary>
    public void Note(JupyterMessage message)
    {
        var name = message.Content.Text("name") ?? "";
        if (message.Type == "endpoint_gone")
        {
            endpoints.Remove(name);
        }
        else if (message.Type == "endpoint" && Uri.TryCreate(message.Content.Text("url"), UriKind.Absolute, out var url) && url.IsLoopback)
        {
            endpoints[name] = new KernelEndpoint(kernel, name, message.Content.Text("title") ?? name, url, message.Content.Text("token"));
        }
    }

    public void Clear() => endpoints.Clear();
}
