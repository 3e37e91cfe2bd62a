namespace KubeLab.Notebook.Episodes;

/// <summary>The opening line of a code fence.</summary>
internal readonly record struct Fence(char Mark, int Length, string Language, BlockAttributes Attributes)
{
    /// <summary>Reads an opening fence, or returns null. Indented fences belong to the list item around them and stay text.</summary>
    public static Fence? Open(string line)
    {
        var mark = line.Length > 0 ? line[0] : ' ';
        if (mark is not ('`' or '~'))
        {
            return null;
        }

        var length = line.TakeWhile(c => c == mark).Count();
        var info = line[length..].Trim();
        if (length < 3 || (mark == '`' && info.Contains('`', StringComparison.Ordinal)))
        {
            return null;
        }

        var brace = info.IndexOf('{', StringComparison.Ordinal);
        var language = (brace < 0 ? info : info[..brace]).Trim();
        var attributes = brace < 0 ? BlockAttributes.None : BlockAttributes.Parse(info[brace..].Trim('{', '}'));
        if (language.Length == 0 && attributes.Classes.Length > 0)
        {
            language = attributes.Classes[0];
        }

        return new Fence(mark, length, language.ToLowerInvariant(), attributes);
    }

    public bool IsClosedBy(string line)
    {
        var text = line.TrimEnd();
        var mark = Mark;
        return text.Length >= Length && text.All(c => c == mark);
    }
}
