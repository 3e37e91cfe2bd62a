using KubeLab.Http.Identity;

namespace KubeLab.Http.Live;

/// <summary>The kubeconfig that clusters of notebooks are in while their variables hold them, so that kubectl in a terminal reaches them; several notebooks may share it.</summary>
/// <param name="path">The file; made when the first cluster comes, and deleted with the last.</param>
internal sealed class LiveKubeconfig(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, KubeconfigFile> entries = new(StringComparer.Ordinal);

    /// <summary>What tells the notebook's contexts from those of other notebooks; empty for nothing.</summary>
    public string Notebook { get; set; } = "";

    /// <summary>Takes all clusters of processes out that have ended without doing so.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Forget(string path, Func<int, bool> hasEnded)
    {
        if (File.Exists(path))
        {
            InTurn(path, () => KubeconfigFile.RemoveOf(path, hasEnded));
        }
    }

    /// <summary>Adds a cluster; its context becomes the current one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string variable, LiveDoor door) =>
        InTurn(path, () => entries[variable] = KubeconfigFile.Add(path, ContextOf(variable), door.SecureAddress, door.Kubeconfig(ContextOf(variable))));

    /// <summary>Takes the cluster of a variable out.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Remove(string variable)
    {
        if (entries.Remove(variable, out var entry))
        {
            InTurn(path, entry.Remove);
        }
    }

    private string ContextOf(string variable) => Notebook.Length == 0 ? $"kubelab-{variable}" : $"kubelab-{Notebook}-{variable}";

    // Reading, changing and writing is one turn; notebooks are processes of their own.
    private static void InTurn(string path, Action change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? turn = null;
        if (!SpinWait.SpinUntil(() => (turn = TakeTurn(path)) is not null, Patience))
        {
            throw new IOException($"{path} is in use by another notebook: kubectl does not see this one's clusters.");
        }

        using (turn)
        {
            change();
        }
    }

    private static FileStream? TakeTurn(string path)
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
