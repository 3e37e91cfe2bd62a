using System.Globalization;

namespace KubeLab.ApiServer.Tables;

/// <summary>A list in a cell: the first three, and how many more there are.</summary>
internal static class ShortList
{
    private const int Shown = 3;

    /// <summary>The cell; <paramref name="otherwise"/> where there is nothing to show.</summary>
    public static string Of(IReadOnlyList<string> items, string otherwise)
    {
        var text = string.Join(',', items.Take(Shown));
        return items.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"{text} + {items.Count - Shown} more...")
            : text.Length == 0 ? otherwise : text;
    }
}
