using System.ComponentModel;
using System.Diagnostics;

namespace KubeLab.Cli;

/// <summary>Shows a file in the browser where there is a screen; where there is none, or no browser, nothing happens.</summary>
internal static class Browser
{
    public static void Open(string path)
    {
        if (Start(path) is not { } start)
        {
            return;
        }

        try
        {
            using var process = Process.Start(start);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // The path is printed anyway.
        }
    }

    private static ProcessStartInfo? Start(string path)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            return new ProcessStartInfo(path) { UseShellExecute = true };
        }

        var hasScreen = OperatingSystem.IsMacOS()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        return hasScreen
            ? new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
            : null;
    }
}
