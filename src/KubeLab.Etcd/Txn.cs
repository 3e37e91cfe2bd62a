using KubeLab.Api;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.Etcd;

/// <summary>The one transaction Kubernetes uses: if a key's mod revision is as expected, write it, else read it.</summary>
/// <param name="Key">The key.</param>
/// <param name="ExpectedModRevision">The mod revision it must have; 0 means that it must not exist.</param>
/// <param name="Value">What to put there; null deletes. The store puts the new revision into its metadata.</param>
/// <param name="Lease">The lease it lives by; 0 for ever.</param>
public readonly record struct Txn(string Key, long ExpectedModRevision, IApiObject? Value, long Lease = 0);

/// <summary>How a transaction ended.</summary>
/// <param name="Succeeded">Whether the key was as expected and is written.</param>
/// <param name="Revision">The store's revision after it.</param>
/// <param name="Current">What is at the key now: what was written (the last state with <see cref="KeyValue.IsDeleted"/> after a delete), or what stood in the way; null when nothing did.</param>
public readonly record struct TxnResult(bool Succeeded, long Revision, KeyValue? Current);

/// <summary>What a range holds.</summary>
/// <param name="Items">The versions in order of their keys.</param>
/// <param name="HasMore">Whether the range holds more behind the limit.</param>
/// <param name="Remaining">How many more, when that was asked for; else 0.</param>
/// <param name="Revision">The revision it shows.</param>
public sealed record RangeResult(IReadOnlyList<KeyValue> Items, bool HasMore, long Remaining, long Revision);

/// <summary>Bounds of key ranges.</summary>
public static class KeyRange
{
    /// <summary>The first key behind all those that begin with <paramref name="prefix"/>.</summary>
    public static string PrefixEnd(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);
    }
}
