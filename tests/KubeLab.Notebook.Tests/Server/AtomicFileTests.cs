using System.Diagnostics;
using KubeLab.Notebook.Server;

namespace KubeLab.Notebook.Tests.Server;

public sealed class AtomicFileTests : IDisposable
{
    private const int Kills = 40;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kubelab-atomic-");

    private string Target => Path.Combine(folder.FullName, "file.bin");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_new_bytes_are_there_and_nothing_else()
    {
        AtomicFile.Write(Target, "old"u8);
        AtomicFile.Write(Target, "new"u8);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(["file.bin"], Names());
    }

    [Fact]
    public void Folders_on_the_way_are_made()
    {
        AtomicFile.Write(Path.Combine(folder.FullName, "a", "b", "c.txt"), "x"u8);

        Assert.Equal("x", File.ReadAllText(Path.Combine(folder.FullName, "a", "b", "c.txt")));
    }

    [SkippableFact]
    public void The_name_is_on_the_disk_too_where_the_system_can_say_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows writes names with the file");

        Assert.True(FolderFlush.TryFlush(folder.FullName));
        Assert.False(FolderFlush.TryFlush(Path.Combine(folder.FullName, "none")));
    }

    [SkippableFact]
    public void Who_may_read_a_file_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes");
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(Target, "old");
            File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

            AtomicFile.Write(Target, "new"u8);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }
    }

    /// <summary>A folder of the file's name stands in the way of the last step, when the new file is already written beside it.</summary>
    [Fact]
    public void A_save_that_fails_in_its_last_step_leaves_things_as_they_were()
    {
        Directory.CreateDirectory(Path.Combine(Target, "inner"));

        var error = Assert.Throws<ApiException>(() => AtomicFile.Write(Target, "new"u8));

        Assert.StartsWith("file.bin could not be saved, the file is as it was: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(["file.bin"], Names());
        Assert.True(Directory.Exists(Path.Combine(Target, "inner")));
    }

    [Fact]
    public void What_an_ended_process_left_is_tidied_up_an_hour_later()
    {
        var left = Path.Combine(folder.FullName, ".kubelab-0123");
        File.WriteAllText(left, "half");
        File.WriteAllText(Target, "whole");
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(left));

        AtomicFile.Tidy(folder.FullName, written + TimeSpan.FromMinutes(59));
        Assert.True(File.Exists(left));

        AtomicFile.Tidy(folder.FullName, written + TimeSpan.FromMinutes(61));
        Assert.Equal(["file.bin"], Names());
    }

    [Fact]
    public void Killed_while_it_saves_over_and_over_a_process_leaves_the_old_or_the_new_file_whole()
    {
        var chance = new Random(1);
        var versions = new SortedSet<int>();
        for (var i = 0; i < Kills; i++)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SaveLoop).Assembly.Location, SaveLoop.Word, Target]) { RedirectStandardOutput = true })!;
            Assert.Equal("saving", process.StandardOutput.ReadLine());

            // Anywhere in a save: one takes a millisecond or several.
            Thread.Sleep(TimeSpan.FromMicroseconds(chance.Next(0, 8_000)));
            process.Kill();
            process.WaitForExit();

            versions.Add(SaveLoop.VersionOf(File.ReadAllBytes(Target)));
        }

        Assert.True(versions.Count > 1, "the kills must fall at different moments to prove anything");
    }

    private List<string> Names() => [.. folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];
}
