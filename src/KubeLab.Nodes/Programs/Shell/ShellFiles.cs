namespace KubeLab.Nodes.Programs.Shell;

/// <summary>A change to a container's files.</summary>
/// <param name="Path">The full path; one that ends with a slash is a directory.</param>
/// <param name="Content">What it holds from now on, or null when it is gone.</param>
internal readonly record struct FileEdit(string Path, string? Content);

/// <summary>The files of one container as one process sees them: what every container has, what is mounted, and what was written.</summary>
internal sealed class ShellFiles
{
    private static readonly HashSet<string> Usual = new(StringComparer.Ordinal)
    {
        "/", "/bin", "/dev", "/etc", "/home", "/lib", "/proc", "/root", "/sbin", "/sys", "/tmp", "/usr", "/usr/bin", "/var", "/var/run",
    };

    private readonly ShellWorld world;
    private readonly SortedDictionary<string, string?> edits;

    public ShellFiles(ShellWorld world, ShellFiles? before = null)
    {
        this.world = world;
        edits = before is null ? new(StringComparer.Ordinal) : new(before.edits, StringComparer.Ordinal);
    }

    /// <summary>Told of each change.</summary>
    public Action<FileEdit>? OnEdit { get; set; }

    /// <summary>What a file holds; null when there is none.</summary>
    public string? Read(string path) =>
        edits.TryGetValue(path, out var written) ? written : world.Mounts.TryGetValue(path, out var mounted) ? mounted : world.BuiltIn(path);

    public bool Exists(string path) => Read(path) is not null;

    public bool IsFolder(string path)
    {
        if (edits.TryGetValue(path + "/", out var made))
        {
            return made is not null;
        }

        return Usual.Contains(path) || world.Folder == path || world.Mounts.ContainsKey(path + "/") || world.MountPoints.Any(m => m == path || m.StartsWith(path + "/", StringComparison.Ordinal))
            || All(path).Any();
    }

    public void Write(string path, string content)
    {
        if (path != "/dev/null")
        {
            Apply(new FileEdit(path, content));
        }
    }

    public void MakeFolder(string path) => Apply(new FileEdit(path + "/", ""));

    /// <summary>Removes a file, or a directory with all that is in it; false when there was neither.</summary>
    public bool Remove(string path)
    {
        if (Exists(path))
        {
            Apply(new FileEdit(path, null));
            return true;
        }

        if (!IsFolder(path))
        {
            return false;
        }

        All(path).ToList().ForEach(file => Apply(new FileEdit(file, null)));
        Apply(new FileEdit(path + "/", null));
        return true;
    }

    /// <summary>Makes a change, and tells of it.</summary>
    public void Apply(FileEdit edit)
    {
        Take(edit);
        OnEdit?.Invoke(edit);
    }

    /// <summary>Makes a change that another process has made.</summary>
    public void Take(FileEdit edit) => edits[edit.Path] = edit.Content;

    /// <summary>The files below a directory, in order.</summary>
    public IEnumerable<string> All(string folder)
    {
        var start = folder == "/" ? "/" : folder + "/";
        return edits.Where(e => e.Value is not null && !e.Key.EndsWith('/')).Select(e => e.Key)
            .Concat(world.Mounts.Keys.Concat(ShellWorld.BuiltInPaths).Where(p => !edits.ContainsKey(p) && !p.EndsWith('/')))
            .Where(p => p.StartsWith(start, StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The names in a directory, in order.</summary>
    public IEnumerable<string> Names(string folder)
    {
        var start = folder == "/" ? "/" : folder + "/";
        return All(folder).Concat(Usual).Concat(world.MountPoints).Concat(edits.Where(e => e.Value is not null).Select(e => e.Key.TrimEnd('/')))
            .Concat(world.Mounts.Keys.Where(p => p.EndsWith('/') && !edits.ContainsKey(p)).Select(p => p.TrimEnd('/')))
            .Where(p => p.Length > start.Length && p.StartsWith(start, StringComparison.Ordinal))
            .Select(p => p[start.Length..].Split('/')[0])
            .Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>A path as it is meant in a directory.</summary>
    public static string Resolve(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in (path.StartsWith('/') ? path : $"{folder}/{path}").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }
}
