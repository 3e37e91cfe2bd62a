using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeLab.Notebook.Server;

/// <summary>Makes sure that a folder's names are on the disk: on Unix a file that was moved into place is found under its new name after a power failure only then.</summary>
/// <remarks>.NET opens no folders as files, so the one call that does is made here; Windows writes names with the file (NTFS keeps a journal of them) and needs nothing.</remarks>
/// <seealso href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync</seealso>
internal static class FolderFlush
{
    /// <summary>False when the system has no such thing, or the file system refuses: the file is in its place all the same.</summary>
    public static bool TryFlush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
            if (handle.IsInvalid)
            {
                return false;
            }

            RandomAccess.FlushToDisk(handle);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>O_RDONLY, which is 0 on every Unix.</summary>
    private const int ReadOnly = 0;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
