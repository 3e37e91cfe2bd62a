using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Kernel;

/// <summary>What the kernel says of itself.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info">Kernel info in Jupyter</seealso>
internal static class KernelInfo
{
    /// <summary>The name under which notebooks ask for it, that of .NET Interactive's kernel.</summary>
    public const string Name = ".net-csharp";

    /// <summary>The name that people see.</summary>
    public const string DisplayName = ".NET (C#)";

    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageMaker.ProtocolVersion,
        ["implementation"] = "kubelab",
        ["implementation_version"] = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"KubeLab, C# on .NET {Environment.Version}",
        ["help_links"] = new JsonArray(
            new JsonObject { ["text"] = "C# language reference", ["url"] = "https://learn.microsoft.com/dotnet/csharp/language-reference/" },
            new JsonObject { ["text"] = "Kubernetes documentation", ["url"] = "https://kubernetes.io/docs/" }),
        ["debugger"] = false,
        ["supported_features"] = new JsonArray(),
    };
}
