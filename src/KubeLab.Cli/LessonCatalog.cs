namespace KubeLab.Cli;

/// <summary>Finds lessons by number, name, or path.</summary>
internal static class LessonCatalog
{
    /// <summary>All lessons of the lab in reading order.</summary>
    public static IReadOnlyList<Lesson> All(LabFolder lab)
    {
        var names = Files(lab.Episodes, "*.md").Concat(Files(lab.Notebooks, "*.ipynb"))
            .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name.Length > 2 && char.IsAsciiDigit(name[0]));
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Named(lab, name))];
    }

    /// <summary>
    /// The lesson that <paramref name="wish"/> means: <c>5</c>, <c>05</c>, <c>05-pods-and-kubectl</c>, or the path of a file.
    /// </summary>
    /// <exception cref="UsageException">There is none; the message lists what there is.</exception>
    public static Lesson Find(LabFolder lab, string wish)
    {
        if (File.Exists(wish) && Path.GetExtension(wish) is ".md" or ".ipynb")
        {
            return AtPath(lab, Path.GetFullPath(wish));
        }

        var all = All(lab);
        var number = wish.PadLeft(2, '0');
        return all.FirstOrDefault(lesson => lesson.Name == wish)
            ?? all.FirstOrDefault(lesson => lesson.Number == number)
            ?? throw new UsageException($"There is no lesson '{wish}'. {Listing(all)}");
    }

    /// <summary>What can be run, for messages.</summary>
    public static string Listing(IReadOnlyList<Lesson> all) =>
        all.Count == 0
            ? "No lessons exist yet: they live in episodes/NN-slug.md."
            : "Lessons: " + string.Join(", ", all.Select(lesson => lesson.Name));

    private static Lesson AtPath(LabFolder lab, string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(path)!;
        return Path.GetExtension(path) == ".ipynb"
            ? new Lesson(name, null, path, folder)
            : new Lesson(name, path, null, folder == lab.Episodes ? lab.Notebooks : folder);
    }

    private static Lesson Named(LabFolder lab, string name)
    {
        var episode = Path.Combine(lab.Episodes, name + ".md");
        var notebook = Path.Combine(lab.Notebooks, name + ".ipynb");
        return new Lesson(name, File.Exists(episode) ? episode : null, File.Exists(notebook) ? notebook : null, lab.Notebooks);
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];
}
