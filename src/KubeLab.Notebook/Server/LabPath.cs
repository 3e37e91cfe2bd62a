namespace KubeLab.Notebook.Server;

/// <summary>Turns a path of the API into one on disk, and lets none lead out of the lab's folder.</summary>
internal sealed class LabPath(string root)
{
    private const int LinksMax = 40;
    private static readonly char[] Forbidden = ['\0', '\\', ':'];
    private readonly string real = Real(Path.GetFullPath(root)) ?? throw InCircle();

    /// <summary>The lab's folder, links resolved.</summary>
    public string Root => real;

    /// <summary>The file or folder that <paramref name="path"/> names; it need not exist.</summary>
    /// <exception cref="ApiException">It lies outside of the folder, is hidden, or is no path.</exception>
    public string Resolve(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (part is ".." or "." || part.IndexOfAny(Forbidden) >= 0 || part.Contains("%2f", StringComparison.OrdinalIgnoreCase)
                || part.Contains("%5c", StringComparison.OrdinalIgnoreCase) || part.Any(char.IsControl))
            {
                throw new ApiException(403, $"{path}: a path counts from the lab's folder and stays in it");
            }

            if (part.StartsWith('.'))
            {
                // What is hidden is nobody's business over the network, and is not said to exist.
                throw ApiException.NotFound($"No such file or directory: {path}");
            }
        }

        var resolved = Real(Path.Combine([real, .. parts])) ?? throw InCircle();
        return !IsInside(resolved) ? throw new ApiException(403, $"{path}: the link leads out of the lab's folder")
            : IsHidden(resolved) ? throw ApiException.NotFound($"No such file or directory: {path}")
            : resolved;
    }

    /// <summary>The path that the API calls a file by.</summary>
    public string NameOf(string file) => Path.GetRelativePath(real, file) is var name && name == "." ? "" : name.Replace('\\', '/');

    /// <summary>Whether an entry of a folder is shown: not hidden, and no link that leads outside, to what is hidden, or nowhere.</summary>
    public bool IsShown(FileSystemInfo entry) =>
        !entry.Name.StartsWith('.') && (entry.LinkTarget is null || (Real(entry.FullName) is { } target && IsInside(target) && !IsHidden(target)));

    private bool IsInside(string path) => path == real || path.StartsWith(real + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private bool IsHidden(string inside) => NameOf(inside).Split('/').Any(part => part.StartsWith('.'));

    private static ApiException InCircle() => new(403, "the links lead in a circle");

    /// <summary>The path with every link in it followed, or null when they lead in a circle.</summary>
    private static string? Real(string path)
    {
        for (var links = 0; links < LinksMax; links++)
        {
            if (FirstLink(path) is not { } step)
            {
                return path;
            }

            path = step;
        }

        return null;
    }

    /// <summary>The path with its first link replaced by what it points to, or null when there is none.</summary>
    private static string? FirstLink(string path)
    {
        var at = Path.GetPathRoot(path)!;
        var parts = path[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var next = Path.Combine(at, parts[i]);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine([Path.Combine(at, target), .. parts[(i + 1)..]]));
            }

            at = next;
        }

        return null;
    }
}
