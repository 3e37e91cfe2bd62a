namespace KubeLab.Notebook.Server;

/// <summary>What tells two versions of a file apart without reading it.</summary>
/// <param name="Modified">When it was last written, to the microsecond, as clients see it.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileVersion(DateTime Modified, long Length)
{
    public static FileVersion Of(string file)
    {
        var info = new FileInfo(file);
        return new FileVersion(Cut(info.LastWriteTimeUtc), info.Length);
    }

    /// <summary>Whether a client that saw that time saw this version.</summary>
    public bool IsFrom(DateTimeOffset seen) => Cut(seen.UtcDateTime) == Modified;

    private static DateTime Cut(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
