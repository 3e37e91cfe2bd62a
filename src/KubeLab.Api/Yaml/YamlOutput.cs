using System.Text;

namespace KubeLab.Api.Yaml;

/// <summary>YAML text in the making, and the column that it has reached.</summary>
internal sealed class YamlOutput
{
    private readonly StringBuilder text = new();

    /// <summary>Characters in the current line.</summary>
    public int Column { get; private set; }

    /// <summary>Starts a line, and indents it.</summary>
    public void Line(int indent)
    {
        text.Append('\n').Append(' ', indent);
        Column = indent;
    }

    /// <summary>Ends a line without starting the next.</summary>
    public void Break()
    {
        text.Append('\n');
        Column = 0;
    }

    /// <summary>Indents a line that is still empty.</summary>
    public void Indent(int indent)
    {
        text.Append(' ', indent);
        Column = indent;
    }

    /// <summary>Writes a token, set apart by a space from what is before it.</summary>
    public void Word(string word)
    {
        Gap();
        Append(word);
    }

    /// <summary>Writes the space that sets a token apart, where one is needed.</summary>
    public void Gap()
    {
        if (text.Length > 0 && text[^1] is not (' ' or '\n'))
        {
            Append(' ');
        }
    }

    public void Append(char c)
    {
        text.Append(c);

        // The second half of a character outside the basic plane takes no column.
        Column += char.IsLowSurrogate(c) ? 0 : 1;
    }

    public void Append(string part)
    {
        foreach (var c in part)
        {
            Append(c);
        }
    }

    /// <summary>The text, its last line ended.</summary>
    public string Finish() => text.Append('\n').ToString();
}
