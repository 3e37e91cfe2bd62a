namespace KubeLab.Api.Selecting;

internal enum SelectorTokenKind
{
    End,
    Word,
    Symbol,
    Error,
}

/// <summary>A word or symbol of a selector. <c>in</c> and <c>notin</c> are words too, and mean operators only where one is
/// expected.</summary>
internal readonly record struct SelectorToken(SelectorTokenKind Kind, string Text)
{
    private const string Special = "=!(),><";

    public bool StartsRequirement => Kind == SelectorTokenKind.Word || IsSymbol("!");

    public bool EndsRequirement => Kind == SelectorTokenKind.End || IsSymbol(",");

    public bool IsSymbol(string symbol) => Kind == SelectorTokenKind.Symbol && Text == symbol;

    public static List<SelectorToken> Scan(string text)
    {
        var tokens = new List<SelectorToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && IsBlank(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(SelectorTokenKind.End, ""));
                return tokens;
            }

            var start = at;
            if (Special.Contains(text[at], StringComparison.Ordinal))
            {
                tokens.Add(ScanSymbol(text, ref at));
                continue;
            }

            while (at < text.Length && !Special.Contains(text[at], StringComparison.Ordinal) && !IsBlank(text[at]))
            {
                at++;
            }

            tokens.Add(new(SelectorTokenKind.Word, text[start..at]));
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static SelectorToken ScanSymbol(string text, ref int at)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        if (two is "==" or "!=")
        {
            at += 2;
            return new(SelectorTokenKind.Symbol, two);
        }

        return new(SelectorTokenKind.Symbol, text[at++].ToString());
    }
}
