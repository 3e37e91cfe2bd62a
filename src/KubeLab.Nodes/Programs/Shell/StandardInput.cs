using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>What has come for a process's standard input and is not read yet.</summary>
internal sealed class StandardInput
{
    private readonly StringBuilder waiting = new();

    /// <summary>Whether nothing more will come.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether there is something to read.</summary>
    public bool HasText => waiting.Length > 0;

    /// <summary>Whether there is a whole line to read.</summary>
    public bool HasLine => waiting.ToString().Contains('\n', StringComparison.Ordinal);

    /// <summary>More has come.</summary>
    public void Append(string text) => waiting.Append(text);

    /// <summary>It ends.</summary>
    public void End() => HasEnded = true;

    /// <summary>All there is.</summary>
    public string TakeAll()
    {
        var text = waiting.ToString();
        waiting.Clear();
        return text;
    }

    /// <summary>The next line without its end, or what is left at the very end; null when there is neither.</summary>
    public string? TakeLine()
    {
        var text = waiting.ToString();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 && (!HasEnded || text.Length == 0))
        {
            return null;
        }

        waiting.Remove(0, end < 0 ? text.Length : end + 1);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Whether a command, typed like this, reads standard input.</summary>
    public static bool IsReadBy(List<string> words)
    {
        var name = words[0][(words[0].LastIndexOf('/') + 1)..];
        var names = words.Skip(1).Count(w => !w.StartsWith('-') || w == "-");
        return name switch
        {
            "cat" => names == 0 || words.Contains("-"),
            "read" or "tee" => true,
            "grep" => names <= 1,
            "wc" or "sort" or "uniq" => names == 0,
            "head" or "tail" => names == (words.Contains("-n") || words.Contains("-c") ? 1 : 0) && !words.Contains("/dev/zero"),
            "tar" => TarCommand.ReadsInput(words),
            _ => false,
        };
    }
}
