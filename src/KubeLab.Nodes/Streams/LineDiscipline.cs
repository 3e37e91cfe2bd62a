using System.Text;

namespace KubeLab.Nodes.Streams;

/// <summary>What a terminal does between keyboard and program: it echoes, lets a line be mended, and hands it over when it ends.</summary>
/// <param name="echo">Shows a text.</param>
/// <param name="hand">Receives each line with its end.</param>
/// <param name="interrupt">Ctrl+C.</param>
/// <param name="end">Ctrl+D on an empty line.</param>
internal sealed class LineDiscipline(Action<string> echo, Action<string> hand, Action interrupt, Action end)
{
    private readonly StringBuilder line = new();
    private bool escaped;

    /// <summary>A text as a terminal shows it: its lines begin at the left.</summary>
    public static string Shown(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    /// <summary>Keys have been pressed.</summary>
    public void Type(string keys)
    {
        foreach (var key in keys)
        {
            if (escaped)
            {
                // Arrows and the like: there is no history to walk through.
                escaped = key is '[' or 'O' || !char.IsAsciiLetterOrDigit(key) || char.IsAsciiDigit(key);
                continue;
            }

            Press(key);
        }
    }

    private void Press(char key)
    {
        switch (key)
        {
            case '\r' or '\n':
                echo("\n");
                hand(Take() + "\n");
                break;
            case '\b' or '\u007f':
                if (line.Length > 0)
                {
                    line.Remove(line.Length - 1, 1);
                    echo("\b \b");
                }

                break;
            case '\u0003':
                line.Clear();
                echo("^C\n");
                interrupt();
                break;
            case '\u0004':
                if (line.Length == 0)
                {
                    end();
                }
                else
                {
                    hand(Take());
                }

                break;
            case '\u0015':
                echo(string.Concat(Enumerable.Repeat("\b \b", line.Length)));
                line.Clear();
                break;
            case '\u001b':
                escaped = true;
                break;
            case >= ' ' or '\t':
                line.Append(key);
                echo(key.ToString());
                break;
            default:
                break;
        }
    }

    private string Take()
    {
        var text = line.ToString();
        line.Clear();
        return text;
    }
}
