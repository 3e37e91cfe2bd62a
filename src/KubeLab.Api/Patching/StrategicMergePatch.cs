using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>
/// Strategic merge patch, Kubernetes' own: objects are merged, and lists too where the record says by which key
/// (<see cref="MergeKeyAttribute"/>).
/// </summary>
/// <remarks>
/// Directives: <c>$patch: delete</c> and <c>$patch: replace</c>, <c>$deleteFromPrimitiveList/…</c>, <c>$setElementOrder/…</c> and
/// <c>$retainKeys</c>; null deletes. What no record models is merged as objects, and its lists are replaced unless a directive in the patch
/// names a merge key. Upstream: k8s.io/apimachinery/pkg/util/strategicpatch.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">Update API objects
/// in place</seealso>
public static class StrategicMergePatch
{
    /// <summary>Applies <paramref name="patch"/> to a copy of <paramref name="original"/>, which is a <paramref name="recordType"/>.</summary>
    /// <exception cref="PatchException">The patch is malformed; the message is upstream's.</exception>
    public static JsonObject Apply(JsonNode? original, JsonNode? patch, Type recordType)
    {
        ArgumentNullException.ThrowIfNull(recordType);
        return new StrategicMerge(resolveDirectives: true).Maps(Copy(original), Copy(patch), new PatchSchema(recordType, null, false));
    }

    /// <summary>The patch that turns <paramref name="original"/> into <paramref name="modified"/>.</summary>
    /// <exception cref="PatchException">An element of a merged list lacks its merge key.</exception>
    public static JsonObject Create(JsonNode? original, JsonNode? modified, Type recordType)
    {
        ArgumentNullException.ThrowIfNull(recordType);
        return new StrategicDiff(withDeletions: true, withChanges: true)
            .Maps(Copy(original), Copy(modified), new PatchSchema(recordType, null, false), retainKeys: false);
    }

    /// <summary>
    /// The three-way patch that <c>kubectl apply</c> computes: it adds and changes what differs between <paramref name="current"/> and
    /// <paramref name="modified"/>, and deletes only what <paramref name="original"/>, the configuration applied last, had and
    /// <paramref name="modified"/> has not. So fields that others own stay as they are.
    /// </summary>
    /// <exception cref="PatchException">An element of a merged list lacks its merge key.</exception>
    public static JsonObject Create(JsonNode? original, JsonNode? modified, JsonNode? current, Type recordType)
    {
        ArgumentNullException.ThrowIfNull(recordType);
        var schema = new PatchSchema(recordType, null, false);
        var changes = new StrategicDiff(withDeletions: false, withChanges: true)
            .Maps(Copy(current), Copy(modified), schema, retainKeys: false);
        var deletions = new StrategicDiff(withDeletions: true, withChanges: false)
            .Maps(Copy(original), Copy(modified), schema, retainKeys: false);
        return new StrategicMerge(resolveDirectives: false).Maps(deletions, changes, schema);
    }

    private static JsonObject Copy(JsonNode? node) => node switch
    {
        null => [],
        JsonObject map => (JsonObject)map.DeepClone(),
        _ => throw new PatchException("invalid JSON document", PatchFailure.Malformed),
    };
}
