using System.Text;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Creating;

/// <summary>What <c>--from-literal</c>, <c>--from-file</c> and <c>--from-env-file</c> give: keys in order, values as bytes.</summary>
internal static class KeyValueSources
{
    public static Flags Add(Flags flags) => flags.Array("from-literal").Array("from-file").Array("from-env-file");

    /// <summary>Reads all of them.</summary>
    /// <param name="arguments">The options.</param>
    /// <param name="owner">How a duplicate's message names the object, for example <c>ConfigMap "c"</c>.</param>
    public static SortedDictionary<string, byte[]> Read(Arguments arguments, string owner)
    {
        var data = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        void Put(string key, byte[] value)
        {
            if (!data.TryAdd(key, value))
            {
                throw Failure.Error($"cannot add key \"{key}\", another key by that name already exists in Data for {owner}");
            }
        }

        foreach (var literal in arguments.List("from-literal"))
        {
            var equals = literal.IndexOf('=', StringComparison.Ordinal);
            Put(
                equals > 0 ? literal[..equals] : throw Failure.Error($"invalid literal source {literal}, expected key=value"),
                Encoding.UTF8.GetBytes(literal[(equals + 1)..].Trim('"', '\'')));
        }

        foreach (var file in arguments.List("from-file"))
        {
            var equals = file.IndexOf('=', StringComparison.Ordinal);
            var path = file[(equals + 1)..];
            Put(equals > 0 ? file[..equals] : Path.GetFileName(path), Bytes(path));
        }

        foreach (var line in arguments.List("from-env-file").SelectMany(path => Encoding.UTF8.GetString(Bytes(path)).Split('\n')).Select(line => line.Trim('\r')))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.StartsWith('#'))
            {
                Put(line[..equals], Encoding.UTF8.GetBytes(line[(equals + 1)..]));
            }
        }

        return data;
    }

    /// <summary>The bytes of a file.</summary>
    public static byte[] Bytes(string path) =>
        File.Exists(path) ? File.ReadAllBytes(path) : throw Failure.Error($"error reading {path}: no such file or directory");
}
