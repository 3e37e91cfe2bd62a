namespace KubeLab.Api.Yaml;

/// <summary>The order of keys in printed YAML: numbers inside keys count as numbers, and letters come after all else.</summary>
internal sealed class YamlKeyOrder : IComparer<string>
{
    public static YamlKeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] == right[i])
            {
                continue;
            }

            var (leftLetter, rightLetter) = (char.IsLetter(left[i]), char.IsLetter(right[i]));
            if (leftLetter && rightLetter)
            {
                return left[i].CompareTo(right[i]);
            }

            if (leftLetter || rightLetter)
            {
                return rightLetter ? -1 : 1;
            }

            var inside = (left[i] == '0' || right[i] == '0') && HasDigitBefore(left, i) ? 1L : 0L;
            var (leftEnd, leftNumber) = Number(left, i, inside);
            var (rightEnd, rightNumber) = Number(right, i, inside);
            return leftNumber != rightNumber ? leftNumber.CompareTo(rightNumber)
                : leftEnd != rightEnd ? leftEnd.CompareTo(rightEnd)
                : left[i].CompareTo(right[i]);
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Whether the digits before <paramref name="end"/> are not all zeros: then a zero here is more than padding.</summary>
    private static bool HasDigitBefore(string text, int end)
    {
        for (var i = end - 1; i >= 0 && char.IsDigit(text[i]); i--)
        {
            if (text[i] != '0')
            {
                return true;
            }
        }

        return false;
    }

    private static (int End, long Number) Number(string text, int start, long number)
    {
        var i = start;
        for (; i < text.Length && char.IsDigit(text[i]); i++)
        {
            number = unchecked((number * 10) + (text[i] - '0'));
        }

        return (i, number);
    }
}
