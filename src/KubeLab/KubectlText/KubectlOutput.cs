using System.Net;
using KubeLab.Formatting;

namespace KubeLab.KubectlText;

/// <summary>What a kubectl command printed, and how it ended.</summary>
public sealed class KubectlOutput : IShown
{
    private readonly IReadOnlyList<(bool IsError, string Text)> parts;

    internal KubectlOutput(IReadOnlyList<(bool IsError, string Text)> parts, int exitCode)
    {
        this.parts = parts;
        ExitCode = exitCode;
    }

    /// <summary>Both streams in the order in which they were printed, as a terminal shows them.</summary>
    public string Text => string.Concat(parts.Select(part => part.Text));

    /// <summary>The standard output alone.</summary>
    public string StdOut => string.Concat(parts.Where(part => !part.IsError).Select(part => part.Text));

    /// <summary>The error stream alone: refusals, warnings, and remarks such as <c>No resources found</c>.</summary>
    public string StdErr => string.Concat(parts.Where(part => part.IsError).Select(part => part.Text));

    /// <summary>0 when all went well.</summary>
    public int ExitCode { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    string IShown.ToHtml()
    {
        var html = string.Concat(parts.Select(part =>
            part.IsError ? $"<span class=\"kubelab-stderr\">{WebUtility.HtmlEncode(part.Text)}</span>" : WebUtility.HtmlEncode(part.Text)));
        var exit = ExitCode == 0 ? "" : $"<span class=\"kubelab-exit\">exit code {ExitCode}</span>";
        return $"<pre class=\"kubelab-kubectl\">{html}{exit}</pre>";
    }
}
