using System.Globalization;
using System.Text;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Controllers.History;

/// <summary>A short name for the data of a revision, and the name of the revision.</summary>
/// <remarks>Upstream: HashControllerRevision in pkg/controller/history: FNV-1 in 32 bits over the text and the number of collisions in digits.</remarks>
public static class RevisionHash
{
    /// <summary>The label of a stateful set's revision that holds its hash.</summary>
    public const string Label = "controller.kubernetes.io/hash";

    /// <summary>The label of pods that says which revision they are of; on a daemon set's revisions it holds their hash.</summary>
    public const string PodLabel = "controller-revision-hash";

    private const int PrefixLengthMax = 223;

    /// <summary>The hash of <paramref name="data"/>; <paramref name="collisions"/> counts how often it met another's.</summary>
    public static string Of(ReadOnlySpan<byte> data, int collisions)
    {
        var hash = Fnv(Fnv(2166136261, data), Encoding.UTF8.GetBytes(collisions.ToString(CultureInfo.InvariantCulture)));
        return TemplateHash.Encode(hash.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The name of the revision of <paramref name="owner"/> with <paramref name="hash"/>; a very long owner's name is cut.</summary>
    public static string NameOf(string owner, string hash) => $"{(owner.Length > PrefixLengthMax ? owner[..PrefixLengthMax] : owner)}-{hash}";

    private static uint Fnv(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = unchecked(hash * 16777619) ^ b;
        }

        return hash;
    }
}
