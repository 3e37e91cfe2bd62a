namespace KubeLab.Api.Patching;

/// <summary>The words by which a strategic merge patch says more than "merge this".</summary>
internal static class Directives
{
    public const string Marker = "$patch";

    public const string Delete = "delete";

    public const string Replace = "replace";

    public const string Merge = "merge";

    public const string RetainKeys = "$retainKeys";

    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList";

    public const string SetElementOrder = "$setElementOrder";

    /// <summary>The field that a parallel list such as <c>$setElementOrder/containers</c> is about.</summary>
    /// <exception cref="PatchException">There is no field after the prefix.</exception>
    public static string FieldOf(string key, string prefix)
    {
        if (key.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            return key[(prefix.Length + 1)..];
        }

        throw new PatchException(
            prefix == SetElementOrder ? "invalid patch format of setElementOrder list" : "invalid patch format of primitive list",
            PatchFailure.Malformed);
    }

    public static bool IsParallelList(string key) =>
        key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal) || key.StartsWith(SetElementOrder, StringComparison.Ordinal);
}
