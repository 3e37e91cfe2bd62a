using KubeLab.Api.Apps;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with controller revisions: their data is there and stays as it is.</summary>
/// <remarks>Upstream: pkg/apis/apps/validation/validation.go.</remarks>
internal static class RevisionValidation
{
    private static readonly FieldPath Data = FieldPath.Root("data");

    public static void Validate(ControllerRevision obj, FieldErrors errors)
    {
        if (obj.Data is null)
        {
            errors.Required(Data, "data is mandatory");
        }

        errors.NonNegative(FieldPath.Root("revision"), obj.Revision);
    }

    public static void ValidateUpdate(ControllerRevision obj, ControllerRevision old, FieldErrors errors)
    {
        Validate(obj, errors);
        if (obj.Data != old.Data)
        {
            errors.Invalid(Data, obj.Data, NameRules.Immutable);
        }
    }
}
