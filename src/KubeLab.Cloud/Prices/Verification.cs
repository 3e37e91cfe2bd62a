using System.Text.Json.Serialization;

namespace KubeLab.Cloud.Prices;

/// <summary>How a figure of <c>data/</c> is known.</summary>
public enum Verification
{
    /// <summary>From memory or from one table.</summary>
    [JsonStringEnumMemberName("unverified")]
    Unverified,

    /// <summary>Chosen by us so that something can be computed.</summary>
    [JsonStringEnumMemberName("assumption")]
    Assumption,

    /// <summary>Computed from other figures.</summary>
    [JsonStringEnumMemberName("derived")]
    Derived,

    /// <summary>Several independent public tables agree.</summary>
    [JsonStringEnumMemberName("third_party")]
    ThirdParty,

    /// <summary>Published by the project that paid it.</summary>
    [JsonStringEnumMemberName("project")]
    Project,

    /// <summary>The vendor's own page.</summary>
    [JsonStringEnumMemberName("first_party")]
    FirstParty,

    /// <summary>An extract of the vendor's billing catalog.</summary>
    [JsonStringEnumMemberName("catalog")]
    Catalog,
}
