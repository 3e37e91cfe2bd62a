namespace KubeLab.Testing;

/// <summary>Small programs that tests write and run.</summary>
public static class Scripts
{
    /// <summary>Writes a shell script that its owner may run.</summary>
    public static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
