using Xunit;

namespace KubeLab.Testing;

/// <summary>Compares text with a file that was read and approved; <c>LAB_REWRITE=1 dotnet test</c> writes the files anew.</summary>
public static class Golden
{
    /// <summary>Whether files are written instead of compared.</summary>
    public static bool IsRewriting { get; } = Environment.GetEnvironmentVariable("LAB_REWRITE") == "1";

    /// <summary>Compares <paramref name="actual"/> with the file at <paramref name="path"/>.</summary>
    public static void Compare(string path, string actual)
    {
        if (IsRewriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing: run LAB_REWRITE=1 dotnet test, read the file, and commit it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
