using System.Text;
using System.Text.RegularExpressions;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Rewrites a regular expression from Go's dialect to .NET's.</summary>
/// <remarks>
/// Spelled differently are named groups, <c>\z</c>, <c>\Q…\E</c>, classes such as <c>[[:alpha:]]</c>, digits and letters (ASCII in Go), and <c>$</c>,
/// which in Go is the very end of the text. What RE2 does not have, look-around and back references, is refused with Go's words.
/// </remarks>
internal sealed class GoPatternText
{
    private readonly string pattern;
    private readonly bool isMultiline;
    private readonly StringBuilder text = new();
    private int at;

    private GoPatternText(string pattern)
    {
        this.pattern = pattern;
        isMultiline = pattern.Contains("(?m", StringComparison.Ordinal) || pattern.Contains("(?im", StringComparison.Ordinal);
    }

    /// <exception cref="FormatException">It asks for what RE2 does not have.</exception>
    public static string Rewrite(string pattern)
    {
        var rewriting = new GoPatternText(pattern);
        while (rewriting.at < pattern.Length)
        {
            rewriting.Step();
        }

        return rewriting.text.ToString();
    }

    private void Step()
    {
        switch (pattern[at])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(' when StartsWith("(?"):
                Group();
                break;
            case '$' when !isMultiline:
                text.Append(@"\z");
                at++;
                break;
            case var c:
                text.Append(c);
                at++;
                break;
        }
    }

    private void Group()
    {
        foreach (var missing in (ReadOnlySpan<string>)["(?=", "(?!", "(?<=", "(?<!", "(?>"])
        {
            if (StartsWith(missing))
            {
                throw new FormatException($"invalid or unsupported Perl syntax: `{missing}`");
            }
        }

        var isNamed = StartsWith("(?P<");
        text.Append("(?").Append(isNamed ? "<" : "");
        at += isNamed ? 4 : 2;
    }

    private void Class()
    {
        text.Append('[');
        at++;
        if (at < pattern.Length && pattern[at] == '^')
        {
            text.Append('^');
            at++;
        }

        for (var isFirst = true; at < pattern.Length && (isFirst || pattern[at] != ']'); isFirst = false)
        {
            if (pattern[at] == '\\')
            {
                Escape(inClass: true);
            }
            else if (StartsWith("[:") && PosixClass())
            {
                continue;
            }
            else
            {
                // A bracket as a member, and a minus before one, would mean something else in .NET.
                text.Append(pattern[at] is ']' or '[' ? "\\" : "").Append(pattern[at++]);
            }
        }

        if (at == pattern.Length)
        {
            throw new FormatException($"missing closing ]: `{pattern}`");
        }

        text.Append(']');
        at++;
    }

    private bool PosixClass()
    {
        var end = pattern.IndexOf(":]", at + 2, StringComparison.Ordinal);
        var members = end < 0 ? null : pattern[(at + 2)..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "space" => @"\t\n\v\f\r ",
            "punct" => @"!-/:-@\[-`{-~",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
        if (members is null)
        {
            return false;
        }

        text.Append(members);
        at = end + 2;
        return true;
    }

    private void Escape(bool inClass)
    {
        if (at + 1 == pattern.Length)
        {
            throw new FormatException("trailing backslash at end of expression: ``");
        }

        var c = pattern[at + 1];
        switch (c)
        {
            case 'Q' when !inClass:
                var end = pattern.IndexOf(@"\E", at + 2, StringComparison.Ordinal);
                text.Append(Regex.Escape(end < 0 ? pattern[(at + 2)..] : pattern[(at + 2)..end]));
                at = end < 0 ? pattern.Length : end + 2;
                return;
            case 'p' or 'P' when at + 2 < pattern.Length && pattern[at + 2] != '{':
                text.Append('\\').Append(c).Append('{').Append(pattern[at + 2]).Append('}');
                at += 3;
                return;
            case >= '1' and <= '9' or 'Z':
                throw new FormatException($"invalid escape sequence: `\\{c}`");
            default:
                text.Append(AsciiClass(c, inClass) ?? $"\\{c}");
                at += 2;
                return;
        }
    }

    private static string? AsciiClass(char c, bool inClass) => (c, inClass) switch
    {
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('s', true) => @"\t\n\f\r ",
        ('d', false) => "[0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('s', false) => @"[\t\n\f\r ]",
        ('D', false) => "[^0-9]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('S', false) => @"[^\t\n\f\r ]",
        _ => null,
    };

    private bool StartsWith(string start) => pattern.AsSpan(at).StartsWith(start);
}
