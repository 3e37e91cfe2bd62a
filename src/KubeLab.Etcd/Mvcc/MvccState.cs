namespace KubeLab.Etcd.Mvcc;

/// <summary>Everything a member holds at one revision, with the changes that are not compacted; objects are shared, not copied.</summary>
/// <param name="Revision">The newest revision.</param>
/// <param name="CompactedRevision">Up to where history is forgotten.</param>
/// <param name="Items">The newest version of each key that exists.</param>
/// <param name="Changes">The history in order; before a key's first change in it, the version that it replaced.</param>
internal sealed record MvccState(long Revision, long CompactedRevision, IReadOnlyList<KeyValue> Items, IReadOnlyList<(KeyValue Change, KeyValue? Before)> Changes);
