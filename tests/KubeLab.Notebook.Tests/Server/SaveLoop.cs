using KubeLab.Notebook.Server;

namespace KubeLab.Notebook.Tests.Server;

/// <summary>The program that <see cref="AtomicFileTests"/> kills: it saves one file over and over, each version as long as its number says.</summary>
internal static class SaveLoop
{
    public const string Word = "save-in-a-loop";
    private const int Versions = 200;
    private const int BytesPerVersion = 5_000;

    /// <summary>The version that the bytes are, all of them.</summary>
    public static int VersionOf(byte[] bytes)
    {
        var version = bytes[0];
        Assert.Equal(LengthOf(version), bytes.Length);
        Assert.True(bytes.AsSpan().IndexOfAnyExcept(version) < 0, $"version {version} has bytes of another");
        return version;
    }

    private static int Main(string[] words)
    {
        if (words is not [Word, var file])
        {
            Console.Error.WriteLine($"usage: {Word} FILE");
            return 2;
        }

        Save(file, 0);
        Console.WriteLine("saving");
        Console.Out.Flush();
        for (var i = 1; ; i++)
        {
            Save(file, i % Versions);
        }
    }

    private static void Save(string file, int version)
    {
        var bytes = new byte[LengthOf(version)];
        Array.Fill(bytes, (byte)version);
        AtomicFile.Write(file, bytes);
    }

    private static int LengthOf(int version) => (version + 1) * BytesPerVersion;
}
