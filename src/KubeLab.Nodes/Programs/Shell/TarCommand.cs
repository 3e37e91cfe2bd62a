using System.Formats.Tar;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary><c>tar</c>, as far as <c>kubectl cp</c> needs it: it packs files into its output and unpacks those of its input.</summary>
internal static class TarCommand
{
    /// <summary>Whether it unpacks, and from where.</summary>
    public static bool ReadsInput(List<string> words) => Letters(words).Contains('x', StringComparison.Ordinal) && File(words) == "-";

    public static TimeSpan Run(ShellProcess process, List<string> words)
    {
        var letters = Letters(words);
        var folder = process.PathOf(words.IndexOf("-C") is >= 0 and var at && at + 1 < words.Count ? words[at + 1] : ".");
        if (!process.Files.IsFolder(folder))
        {
            process.Complain($"tar: can't change directory to '{folder}': No such file or directory");
            return ShellCommands.Done(process, 1);
        }

        try
        {
            return letters.Contains('x', StringComparison.Ordinal) ? Unpack(process, words, folder)
                : letters.Contains('c', StringComparison.Ordinal) ? Pack(process, words, folder)
                : Refuse(process, "tar: need at least one option");
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            return Refuse(process, "tar: short read");
        }
    }

    private static TimeSpan Pack(ShellProcess process, List<string> words, string folder)
    {
        var (archive, status) = (new MemoryStream(), 0);
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in Names(words))
            {
                var path = ShellFiles.Resolve(folder, name);
                var files = process.Files.Exists(path) ? [path] : process.Files.All(path).ToList();
                if (files.Count == 0 && !process.Files.IsFolder(path))
                {
                    process.Complain($"tar: {name}: No such file or directory");
                    status = 1;
                    continue;
                }

                if (!process.Files.Exists(path))
                {
                    writer.WriteEntry(Entry(process, TarEntryType.Directory, name.Trim('/') + "/", null));
                }

                files.ForEach(f => writer.WriteEntry(Entry(process, TarEntryType.RegularFile, (name.TrimEnd('/') + f[path.Length..]).TrimStart('/'), process.Files.Read(f))));
            }
        }

        var text = ByteText.Decode(archive.ToArray());
        if (File(words) is "-" or null)
        {
            process.Write(text);
        }
        else
        {
            process.Files.Write(process.PathOf(File(words)!), text);
        }

        return ShellCommands.Done(process, status);
    }

    private static UstarTarEntry Entry(ShellProcess process, TarEntryType type, string name, string? content) => new(type, name)
    {
        ModificationTime = process.World.StartedAt,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            | (type == TarEntryType.Directory ? UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0),
        DataStream = content is null ? null : new MemoryStream(ByteText.Encode(content)),
    };

    private static TimeSpan Unpack(ShellProcess process, List<string> words, string folder)
    {
        var archive = File(words) is "-" or null ? process.Input : process.Files.Read(process.PathOf(File(words)!));
        if (archive is null)
        {
            return Refuse(process, $"tar: can't open '{File(words)}': No such file or directory");
        }

        using var reader = new TarReader(new MemoryStream(ByteText.Encode(archive)));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            var path = ShellFiles.Resolve(folder, entry.Name);
            if (entry.EntryType == TarEntryType.Directory)
            {
                process.Files.MakeFolder(path);
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                process.Files.Write(path, ByteText.Decode(content.ToArray()));
            }
        }

        return ShellCommands.Done(process, 0);
    }

    private static TimeSpan Refuse(ShellProcess process, string complaint)
    {
        process.Complain(complaint);
        return ShellCommands.Done(process, 1);
    }

    // The first word may be letters without a dash.
    private static string Letters(List<string> words) =>
        string.Concat(words.Skip(1).Where((w, i) => i == 0 || (w.StartsWith('-') && w is not ("-" or "-C"))));

    private static string? File(List<string> words)
    {
        var at = words.FindIndex(1, w => (w.StartsWith('-') || w == words[1]) && w.EndsWith('f'));
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }

    private static IEnumerable<string> Names(List<string> words)
    {
        var file = File(words);
        for (var i = 2; i < words.Count; i++)
        {
            if (words[i] == "-C")
            {
                i++;
            }
            else if (words[i] != file && !words[i].StartsWith('-'))
            {
                yield return words[i];
            }
        }
    }
}
