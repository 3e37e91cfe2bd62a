using System.Text.RegularExpressions;

namespace KubeLab.Api.Yaml;

/// <summary>Decides how a text is written: plain, quoted, or as a block of lines. The rules are libyaml's.</summary>
internal readonly partial record struct YamlStyle
{
    private bool NeedsQuotes { get; init; }

    private bool Plain { get; init; }

    private bool Single { get; init; }

    private bool Block { get; init; }

    /// <summary>Whether the text has several lines.</summary>
    public bool IsMultiline { get; private init; }

    /// <summary>Looks at <paramref name="text"/> once.</summary>
    public static YamlStyle Of(string text)
    {
        var kind = YamlValue.Resolve(text).Kind;
        var quotes = kind != YamlKind.Text || Base60().IsMatch(text);
        if (text.Length == 0)
        {
            return new YamlStyle { NeedsQuotes = true, Single = true };
        }

        var (special, lines, breakSpace, spaceBreak, indicator) = Analyze(text);
        var leading = text[0] == ' ' || IsBreak(text[0]);
        var trailing = text[^1] == ' ' || IsBreak(text[^1]);
        return new YamlStyle
        {
            NeedsQuotes = quotes,
            IsMultiline = lines,
            Plain = !leading && !trailing && !breakSpace && !spaceBreak && !special && !lines && !indicator,
            Single = !breakSpace && !spaceBreak && !special,
            Block = text[^1] != ' ' && !spaceBreak && !special && text.AsSpan().IndexOfAny('\u2028', '\u2029') < 0,
        };
    }

    /// <summary>Writes <paramref name="text"/>; its further lines start at <paramref name="indent"/>. A key stays on one line.</summary>
    public void Write(YamlOutput output, string text, int indent, bool isKey)
    {
        output.Gap();
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            if (Block && !isKey)
            {
                YamlQuoting.Literal(output, text, indent);
            }
            else
            {
                YamlQuoting.Double(output, text, indent, mayFold: !isKey);
            }
        }
        else if (NeedsQuotes)
        {
            YamlQuoting.Double(output, text, indent, mayFold: !isKey);
        }
        else if (Plain)
        {
            YamlQuoting.Plain(output, text, indent, mayFold: !isKey);
        }
        else if (Single && !IsMultiline)
        {
            YamlQuoting.Single(output, text, indent, mayFold: !isKey);
        }
        else
        {
            YamlQuoting.Double(output, text, indent, mayFold: !isKey);
        }
    }

    internal static bool IsBreak(char c) => c is '\n' or '\r' or '\x85' or '\u2028' or '\u2029';

    /// <summary>Whether YAML allows the character unescaped. Tabs and what lies outside the basic plane are escaped upstream.</summary>
    internal static bool IsPrintable(char c) =>
        c is '\n' or (>= ' ' and <= '~') or (>= '\u00a0' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd' and not '\ufeff');

    private static (bool Special, bool Lines, bool BreakSpace, bool SpaceBreak, bool Indicator) Analyze(string text)
    {
        var (special, lines, breakSpace, spaceBreak) = (false, false, false, false);
        var indicator = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        var (previousSpace, previousBreak, afterBlank) = (false, false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var beforeBlank = i + 1 == text.Length || text[i + 1] is ' ' or '\t';
            indicator |= i == 0 ? IsFirstIndicator(c, beforeBlank) : (c == ':' && beforeBlank) || (c == '#' && afterBlank);
            special |= !IsPrintable(c);
            lines |= IsBreak(c);
            breakSpace |= c == ' ' && previousBreak;
            spaceBreak |= IsBreak(c) && previousSpace;
            (previousSpace, previousBreak) = (c == ' ', IsBreak(c));
            afterBlank = c is ' ' or '\t' || IsBreak(c);
        }

        return (special, lines, breakSpace, spaceBreak, indicator);
    }

    private static bool IsFirstIndicator(char c, bool beforeBlank) => c switch
    {
        '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
        '?' or ':' or '-' => beforeBlank,
        _ => false,
    };

    // Other parsers read these as numbers of base 60, so they are quoted though ours would not.
    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$")]
    private static partial Regex Base60();
}
