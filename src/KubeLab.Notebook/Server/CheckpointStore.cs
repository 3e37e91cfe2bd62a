using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>Kept versions of files, in <c>.kubelab/checkpoints</c>; the latest few of each.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/contents.html#checkpoints">Checkpoints</seealso>
internal sealed class CheckpointStore(LabPath paths, TimeProvider time)
{
    private const int KeptMax = 10;
    private const string Form = "yyyyMMdd-HHmmss-fff";

    /// <summary>Newest first.</summary>
    public JsonArray List(string file) => new([.. Ids(file).Reverse().Select(id => Model(file, id))]);

    /// <summary>Keeps the file as it is now.</summary>
    /// <exception cref="ApiException">There is no such file, or no room.</exception>
    public JsonObject Create(string file)
    {
        if (!File.Exists(file))
        {
            throw ApiException.NotFound($"No such file or directory: {paths.NameOf(file)}");
        }

        var now = time.GetUtcNow();
        var id = now.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
        for (var i = 1; File.Exists(PlaceOf(file, id)); i++)
        {
            id = now.AddMilliseconds(i).UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
        }

        AtomicFile.Write(PlaceOf(file, id), File.ReadAllBytes(file));
        foreach (var old in Ids(file).SkipLast(KeptMax).ToList())
        {
            File.Delete(PlaceOf(file, old));
        }

        return Model(file, id);
    }

    public byte[] Read(string file, string id) => File.ReadAllBytes(Existing(file, id));

    public void Delete(string file, string id) => File.Delete(Existing(file, id));

    /// <summary>Kept versions follow a renamed file or folder.</summary>
    public void Move(string from, string to)
    {
        var (old, target) = (FolderOf(from), FolderOf(to));
        if (Directory.Exists(old) && !Directory.Exists(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(old, target);
        }
    }

    private string Existing(string file, string id) =>
        Ids(file).Contains(id) ? PlaceOf(file, id) : throw ApiException.NotFound($"Checkpoint does not exist: {paths.NameOf(file)}@{id}");

    private JsonObject Model(string file, string id) => new()
    {
        ["id"] = id,
        ["last_modified"] = JupyterTime.Of(File.GetLastWriteTimeUtc(PlaceOf(file, id))),
    };

    private IEnumerable<string> Ids(string file) =>
        Directory.Exists(FolderOf(file))
            ? Directory.EnumerateFiles(FolderOf(file)).Select(f => Path.GetFileName(f)).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal)
            : [];

    private string PlaceOf(string file, string id) => Path.Combine(FolderOf(file), id);

    private string FolderOf(string file) => Path.Combine(paths.Root, ".kubelab", "checkpoints", paths.NameOf(file));
}
