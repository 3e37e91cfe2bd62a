using System.Security.Cryptography;
using System.Text;

namespace KubeLab.Nodes.Images;

/// <summary>An image on a node's disk.</summary>
internal sealed record StoredImage(string FullName, string Id, long Bytes)
{
    /// <summary>An image whose digest follows from its name, so that it is the same on every node and in every run.</summary>
    public static StoredImage Of(ImageReference reference, long bytes)
    {
        var digest = reference.Digest
            ?? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference.FullName)));
        return new StoredImage(reference.FullName, $"{reference.Name}@{digest}", bytes);
    }
}
