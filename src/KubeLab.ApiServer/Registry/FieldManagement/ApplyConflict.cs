using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>The refusal of an apply that would change what other managers own.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts">Conflicts</seealso>
internal static class ApplyConflict
{
    /// <summary>409, with one cause for each field of <paramref name="owners"/>, who hold only what is in conflict.</summary>
    public static ApiException Of(List<FieldOwner> owners)
    {
        owners.Sort(static (a, b) => string.CompareOrdinal(a.Text, b.Text));
        var causes = new List<StatusCause>();
        var lines = new List<string>();
        foreach (var owner in owners)
        {
            lines.Add($"conflicts with {owner.Text}:");
            foreach (var path in owner.Fields.Paths())
            {
                lines.Add($"- {path}");
                causes.Add(new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {owner.Text}", Field = path });
            }
        }

        var message = causes.Count == 1
            ? $"Apply failed with 1 conflict: {causes[0].Message}: {causes[0].Field}"
            : $"Apply failed with {causes.Count} conflicts: {string.Join('\n', lines)}";
        return new ApiException(new()
        {
            State = "Failure",
            Code = 409,
            Reason = "Conflict",
            Message = message,
            Details = new() { Causes = causes.ToValueList() },
        });
    }
}
