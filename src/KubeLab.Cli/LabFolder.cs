namespace KubeLab.Cli;

/// <summary>The repository: the folder that holds <c>Lab.sln</c>.</summary>
internal sealed record LabFolder(string Root)
{
    public string Episodes => Path.Combine(Root, "episodes");

    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>Where the page of <c>lab up</c> keeps the learner's copies.</summary>
    public string Work => Path.Combine(Root, "work");

    public string Reports => Path.Combine(Root, "artifacts", "reports");

    /// <summary>Found upwards from the current folder, or else from where this program lies.</summary>
    public static LabFolder Find() =>
        Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory)
        ?? throw new UsageException("No Lab.sln here or above: change into the folder of the lab, the one with Lab.sln, and try again.");

    /// <summary>The path as people like to read it: relative to where they are when that is shorter.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.Length < path.Length ? relative : path;
    }

    private static LabFolder? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lab.sln")))
            {
                return new LabFolder(folder.FullName);
            }
        }

        return null;
    }
}
