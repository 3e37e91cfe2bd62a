namespace KubeLab.Notebook.Server;

/// <summary>A door that code in a kernel has opened: an HTTP server on this machine.</summary>
/// <param name="Kernel">The id of the kernel.</param>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Token">What it wants to be shown, or null.</param>
internal sealed record KernelEndpoint(string Kernel, string Name, string Title, Uri Url, string? Token);
