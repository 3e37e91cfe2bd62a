using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>One manager and the fields it owns, as one entry of <c>metadata.managedFields</c> says.</summary>
/// <param name="Manager">Who.</param>
/// <param name="Operation"><c>Apply</c> or <c>Update</c>.</param>
/// <param name="ApiVersion">Version in which the fields are named.</param>
/// <param name="Subresource">Through which subresource they were set; empty for the object itself.</param>
/// <param name="Time">When last.</param>
/// <param name="Fields">What.</param>
internal sealed record FieldOwner(string Manager, string Operation, string ApiVersion, string Subresource, Timestamp? Time, FieldSet Fields)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    /// <summary>How conflicts name it.</summary>
    public string Text => string.Concat(
        GoQuote.Quote(Manager),
        Subresource.Length == 0 ? "" : $" with subresource {GoQuote.Quote(Subresource)}",
        Operation == Update ? $" using {ApiVersion}" : "");

    public static FieldOwner Read(ManagedFieldsEntry entry) => new(
        entry.Manager ?? "", entry.Operation ?? "", entry.ApiVersion ?? "", entry.Subresource ?? "", entry.Time, FieldsV1.Read(entry.FieldsV1));

    public ManagedFieldsEntry Write() => new()
    {
        Manager = Manager,
        Operation = Operation,
        ApiVersion = ApiVersion,
        Time = Time,
        FieldsType = "FieldsV1",
        FieldsV1 = FieldsV1.Write(Fields),
        Subresource = Subresource.Length == 0 ? null : Subresource,
    };

    /// <summary>Whether a write by <paramref name="other"/> goes into this entry; one who applies keeps it through all versions.</summary>
    public bool IsSameAs(FieldOwner other) => Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource
        && (Operation == Apply || ApiVersion == other.ApiVersion);

    /// <summary>The order of upstream's list: who applies first, then by time and name.</summary>
    public static int Compare(FieldOwner a, FieldOwner b)
    {
        var order = string.CompareOrdinal(a.Operation, b.Operation);
        order = order != 0 ? order : Nullable.Compare(a.Time, b.Time);
        order = order != 0 ? order : string.CompareOrdinal(a.Manager, b.Manager);
        order = order != 0 ? order : string.CompareOrdinal(a.ApiVersion, b.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(a.Subresource, b.Subresource);
    }
}
