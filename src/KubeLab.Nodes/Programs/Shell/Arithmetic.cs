using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary><c>$((…))</c>: whole numbers, variables, <c>+ - * / %</c>, comparisons and brackets.</summary>
internal sealed class Arithmetic
{
    private static readonly string[][] Levels = [["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private readonly string text;
    private readonly ShellProcess process;
    private int at;

    private Arithmetic(string text, ShellProcess process) => (this.text, this.process) = (text, process);

    /// <exception cref="ShellSyntaxException">The text is no expression, or divides by zero.</exception>
    public static long Evaluate(string text, ShellProcess process)
    {
        var reader = new Arithmetic(text, process);
        var value = reader.Binary(0);
        reader.SkipBlanks();
        return reader.at == text.Length ? value : throw new ShellSyntaxException("arithmetic syntax error");
    }

    private long Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (TakeOneOf(Levels[level]) is { } op)
        {
            left = Apply(op, left, Binary(level + 1));
        }

        return left;
    }

    private static long Apply(string op, long left, long right) => op switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? throw new ShellSyntaxException("divide by zero") : left / right,
        "%" => right == 0 ? throw new ShellSyntaxException("divide by zero") : left % right,
        "==" => left == right ? 1 : 0,
        "!=" => left != right ? 1 : 0,
        "<=" => left <= right ? 1 : 0,
        ">=" => left >= right ? 1 : 0,
        "<" => left < right ? 1 : 0,
        _ => left > right ? 1 : 0,
    };

    private long Unary()
    {
        SkipBlanks();
        if (TakeOneOf(["-"]) is not null)
        {
            return -Unary();
        }

        if (TakeOneOf(["("]) is not null)
        {
            var inner = Binary(0);
            return TakeOneOf([")"]) is not null ? inner : throw new ShellSyntaxException("arithmetic syntax error");
        }

        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$'))
        {
            at++;
        }

        var word = text[start..at].TrimStart('$');
        if (word.Length == 0)
        {
            throw new ShellSyntaxException("arithmetic syntax error");
        }

        var digits = char.IsAsciiDigit(word[0]) ? word : process.Variables.GetValueOrDefault(word, "0");
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    private string? TakeOneOf(string[] operators)
    {
        SkipBlanks();
        foreach (var op in operators)
        {
            if (string.CompareOrdinal(text, at, op, 0, op.Length) == 0)
            {
                at += op.Length;
                return op;
            }
        }

        return null;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
