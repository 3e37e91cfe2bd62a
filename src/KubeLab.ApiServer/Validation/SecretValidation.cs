using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with secrets: keys, size, and what their type asks for.</summary>
/// <remarks>Upstream: ValidateSecret in pkg/apis/core/validation/validation.go.</remarks>
internal static class SecretValidation
{
    private const int BytesMax = 1024 * 1024;
    private const string AccountName = "kubernetes.io/service-account.name";
    private static readonly FieldPath Data = FieldPath.Root("data");

    public static void Validate(Secret obj, FieldErrors errors)
    {
        var bytes = 0L;
        foreach (var (key, value) in obj.Data)
        {
            errors.InvalidAll(Data.Key(key), key, NameRules.ConfigKeyErrors(key));
            bytes += value.Length / 4 * 3;
        }

        if (bytes > BytesMax)
        {
            errors.TooLong(Data, BytesMax);
        }

        switch (obj.Type)
        {
            case "kubernetes.io/service-account-token" when string.IsNullOrEmpty(obj.Metadata.Annotations[AccountName]):
                errors.Required(FieldPath.Metadata.Child("annotations").Key(AccountName));
                break;
            case "kubernetes.io/dockercfg":
                Require(obj, ".dockercfg", errors);
                break;
            case "kubernetes.io/dockerconfigjson":
                Require(obj, ".dockerconfigjson", errors);
                break;
            case "kubernetes.io/basic-auth" when !obj.Data.ContainsKey("username") && !obj.Data.ContainsKey("password"):
                errors.Required(Data.Key("username"));
                errors.Required(Data.Key("password"));
                break;
            case "kubernetes.io/ssh-auth" when string.IsNullOrEmpty(obj.Data["ssh-privatekey"]):
                errors.Required(Data.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                Require(obj, "tls.crt", errors);
                Require(obj, "tls.key", errors);
                break;
            default:
                break;
        }
    }

    public static void ValidateUpdate(Secret obj, Secret old, FieldErrors errors)
    {
        const string Fixed = "field is immutable when `immutable` is set";
        if (obj.Type != old.Type)
        {
            errors.Invalid(FieldPath.Root("type"), obj.Type, NameRules.Immutable);
        }

        if (old.Immutable == true)
        {
            if (obj.Immutable != true)
            {
                errors.Forbidden(FieldPath.Root("immutable"), Fixed);
            }

            if (obj.Data != old.Data)
            {
                errors.Forbidden(Data, Fixed);
            }
        }

        Validate(obj, errors);
    }

    private static void Require(Secret obj, string key, FieldErrors errors)
    {
        if (!obj.Data.ContainsKey(key))
        {
            errors.Required(Data.Key(key));
        }
    }
}
