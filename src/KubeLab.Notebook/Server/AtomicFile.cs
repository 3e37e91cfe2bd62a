namespace KubeLab.Notebook.Server;

/// <summary>Writes a file so that at every moment, also if this process or the power ends, the old or the new one is there, whole.</summary>
internal static class AtomicFile
{
    private const string Mark = ".kubelab-";
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    /// <summary>Writes beside the file, makes sure that it is on the disk, and takes the old one's place.</summary>
    /// <exception cref="ApiException">The disk is full or the folder cannot be written; the old file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = Path.Combine(folder, $"{Mark}{Jupyter.MessageMaker.NewId()}");
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = new FileStream(beside, Options(path)))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            FolderFlush.TryFlush(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            throw new ApiException(error is IOException ? 507 : 403, $"{Path.GetFileName(path)} could not be saved, the file is as it was: {error.Message}");
        }
    }

    /// <summary>Removes what a process that ended in the middle of a save has left in a folder.</summary>
    public static void Tidy(string folder, DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(Mark + "*").Where(f => now.UtcDateTime - f.LastWriteTimeUtc > Stale))
        {
            Remove(file.FullName);
        }
    }

    private static FileStreamOptions Options(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(path);
        }

        return options;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is hidden and small, and the next start tries again.
        }
    }
}
