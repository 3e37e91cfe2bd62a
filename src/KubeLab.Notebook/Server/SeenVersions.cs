using System.Text.Json;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>What files on disk were like when a client last read or saved them, so that what another program wrote since is not overwritten unawares.</summary>
/// <remarks>Who saves without saying which version it has seen is judged by what the server last gave or wrote.</remarks>
internal sealed class SeenVersions
{
    private readonly Dictionary<string, FileVersion> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Seen, FileVersion OnDisk)> told = new(StringComparer.Ordinal);

    /// <summary>The file is given to a client, or was written for one, in that version.</summary>
    public void Note(string file, FileVersion version) => known[file] = version;

    /// <summary>The file, or the folder with all in it, is gone from that place.</summary>
    public void Forget(string path)
    {
        foreach (var file in known.Keys.Where(f => f == path || f.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList())
        {
            known.Remove(file);
        }
    }

    /// <summary>Whether the client that saves <paramref name="model"/> may overwrite what is on disk; when not it counts as told, and may when it saves once more.</summary>
    public bool MayOverwrite(string file, JsonElement model)
    {
        var onDisk = FileVersion.Of(file);
        var seen = JupyterTime.Read(model.Text("last_modified"));
        var isKnown = seen is { } when
            ? onDisk.IsFrom(when) || (told.TryGetValue(file, out var before) && before == (when, onDisk))
            : !known.TryGetValue(file, out var version) || version == onDisk;
        if (isKnown)
        {
            told.Remove(file);
            return true;
        }

        known[file] = onDisk;
        if (seen is not null)
        {
            told[file] = (seen.Value, onDisk);
        }

        return false;
    }
}
