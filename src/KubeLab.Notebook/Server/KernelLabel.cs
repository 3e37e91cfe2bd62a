namespace KubeLab.Notebook.Server;

/// <summary>A short word for a notebook's kernel that no other kernel of the server has: what the notebook opens outside is named by it.</summary>
internal static class KernelLabel
{
    private const string OfVsCode = "-jvsc-";

    /// <summary>The number of a lesson (<c>03</c>), else the notebook's name; the whole name when the number is taken, then with a count. Empty for the first kernel without a notebook.</summary>
    /// <param name="path">The notebook, counted from the lab's folder; null when nobody said which.</param>
    /// <param name="taken">Whether another kernel has that label.</param>
    public static string Of(string? path, Func<string, bool> taken)
    {
        var name = Name(path ?? "");
        return Candidates(name).First(label => !taken(label));
    }

    private static IEnumerable<string> Candidates(string name)
    {
        var number = string.Concat(name.TakeWhile(char.IsAsciiDigit));
        if (number.Length > 0 && (number.Length == name.Length || name[number.Length] == '-'))
        {
            yield return number;
        }

        yield return name;
        for (var i = 2; ; i++)
        {
            yield return name.Length == 0 ? $"{i}" : $"{name}-{i}";
        }
    }

    private static string Name(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);

        // VS Code opens a session for NAME-jvsc-UUID.ipynb.
        var end = stem.IndexOf(OfVsCode, StringComparison.Ordinal);
        var letters = (end > 0 ? stem[..end] : stem).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        return string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
    }
}
