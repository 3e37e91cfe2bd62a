namespace KubeLab.Api.Patching;

/// <summary>Strategic merge patch merges this list by <paramref name="key"/> instead of replacing it; an empty key means a set of
/// plain values.</summary>
/// <remarks>Upstream writes it as the tags <c>patchStrategy:"merge" patchMergeKey:"…"</c>.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MergeKeyAttribute(string key) : Attribute
{
    /// <summary>The field by which elements are told apart, or empty for plain values.</summary>
    public string Key { get; } = key;
}

/// <summary>Strategic merge patch clears the fields of this object that <c>$retainKeys</c> does not list.</summary>
/// <remarks>Upstream writes it as the tag <c>patchStrategy:"retainKeys"</c>.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetainKeysAttribute : Attribute;
