using System.Text;

namespace KubeLab.KubectlText;

/// <summary>What a command prints: two streams, and the order in which they were written.</summary>
internal sealed class Terminal
{
    private readonly List<(bool IsError, StringBuilder Text)> parts = [];

    /// <summary>Prints to the standard output.</summary>
    public void Out(string text) => Write(text, isError: false);

    /// <summary>Prints to the error stream.</summary>
    public void Error(string text) => Write(text, isError: true);

    /// <summary>What has been printed.</summary>
    public KubectlOutput Result(int exitCode) => new([.. parts.Select(part => (part.IsError, part.Text.ToString()))], exitCode);

    /// <summary>Prints to one of the streams.</summary>
    public void Write(string text, bool isError)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (parts.Count == 0 || parts[^1].IsError != isError)
        {
            parts.Add((isError, new()));
        }

        parts[^1].Text.Append(text);
    }
}
