using KubeLab.Api;
using KubeLab.Api.Apps;

namespace KubeLab.Controllers.History;

/// <summary>Decides about the revisions of one owner: their order, which of them a template is, and which are forgotten.</summary>
/// <remarks>Upstream: pkg/controller/history/controller_history.go.</remarks>
public static class RevisionHistory
{
    /// <summary>The revisions from the oldest to the newest; those of one number by age, then by name.</summary>
    public static IReadOnlyList<ControllerRevision> Ordered(IEnumerable<ControllerRevision> revisions) =>
    [
        .. revisions.OrderBy(r => r.Revision)
            .ThenBy(r => r.Metadata.CreationTimestamp?.Instant)
            .ThenBy(r => r.Metadata.Name, StringComparer.Ordinal),
    ];

    /// <summary>The number after those of <paramref name="ordered"/>.</summary>
    public static long Next(IReadOnlyList<ControllerRevision> ordered) => ordered.Count == 0 ? 1 : ordered[^1].Revision + 1;

    /// <summary>The newest revision that holds <paramref name="data"/>, or null.</summary>
    public static ControllerRevision? Equal(IReadOnlyList<ControllerRevision> ordered, OpaqueObject data) =>
        ordered.LastOrDefault(r => r.Data == data);

    /// <summary>The revisions beyond <paramref name="limit"/>, oldest first; those that <paramref name="isLive"/> names are neither counted nor
    /// forgotten.</summary>
    public static IReadOnlyList<ControllerRevision> Surplus(
        IReadOnlyList<ControllerRevision> ordered, Func<ControllerRevision, bool> isLive, int limit)
    {
        var spent = ordered.Where(r => !isLive(r)).ToList();
        return spent.Count <= limit ? [] : spent[..(spent.Count - limit)];
    }
}
