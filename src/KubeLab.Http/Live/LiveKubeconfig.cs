using KubeLab.Http.Identity;

namespace KubeLab.Http.Live;

/// <summary>The kubeconfig that clusters of notebooks are in while their variables hold them, so that kubectl in a terminal reaches them; several notebooks may share it.</summary>
/// <param name="path">The file; made when the first cluster comes, and deleted with the last.</param>
internal sealed class LiveKubeconfig(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, KubeconfigFile> entries = new(StringComparer.Ordinal);

    /// <summary>What the cluster of a variable is called there.</summary>
    public static string ContextOf(string variable) => $"kubelab-{variable}";

    /// <summary>Adds a cluster; its context becomes the current one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string variable, LiveDoor door) =>
        InTurn(() => entries[variable] = KubeconfigFile.Add(path, ContextOf(variable), door.SecureAddress, door.Kubeconfig(ContextOf(variable))));

    /// <summary>Takes the cluster of a variable out.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Remove(string variable)
    {
        if (entries.Remove(variable, out var entry))
        {
            InTurn(entry.Remove);
        }
    }

    // Reading, changing and writing is one turn; notebooks are processes of their own.
    private void InTurn(Action change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? turn = null;
        if (!SpinWait.SpinUntil(() => (turn = TakeTurn()) is not null, Patience))
        {
            throw new IOException($"{path} is in use by another notebook: kubectl does not see this one's clusters.");
        }

        using (turn)
        {
            change();
        }
    }

    private FileStream? TakeTurn()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
