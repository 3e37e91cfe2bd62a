using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>What validation found wrong, field by field, in upstream's words; it allocates nothing while there is nothing.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field">validation/field</seealso>
public sealed class FieldErrors
{
    // Objects are shown as JSON, with text as it was written.
    private static readonly JsonSerializerOptions Readable = new(ApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private List<StatusCause>? causes;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => causes is null;

    /// <summary>What is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<StatusCause> Causes => causes ?? [];

    /// <summary>A field that must be there is absent.</summary>
    public void Required(FieldPath field, string detail = "") => Add("FieldValueRequired", field, With("Required value", detail));

    /// <summary>A field has a value that it cannot have.</summary>
    /// <param name="field">Which.</param>
    /// <param name="value">The value: text is quoted, numbers and truth values are written plainly, objects and maps as JSON.</param>
    /// <param name="detail">What would be right.</param>
    public void Invalid(FieldPath field, object? value, string detail) =>
        Add("FieldValueInvalid", field, With($"Invalid value: {Written(value)}", detail));

    /// <summary>A field is wrong in a way that its value alone does not show.</summary>
    public void InvalidAsWhole(FieldPath field, string detail) => Add("FieldValueInvalid", field, With("Invalid value", detail));

    /// <summary>A field has a value that is not one of <paramref name="supported"/>.</summary>
    public void NotSupported(FieldPath field, object? value, params ReadOnlySpan<string> supported)
    {
        var sorted = supported.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        var detail = sorted.Length == 0 ? "" : $"supported values: {string.Join(", ", sorted.Select(GoQuote.Quote))}";
        Add("FieldValueNotSupported", field, With($"Unsupported value: {Written(value)}", detail));
    }

    /// <summary>A field may not be set, or not be changed.</summary>
    public void Forbidden(FieldPath field, string detail) => Add("FieldValueForbidden", field, With("Forbidden", detail));

    /// <summary>A value that must be unique is there twice.</summary>
    public void Duplicate(FieldPath field, object? value) => Add("FieldValueDuplicate", field, $"Duplicate value: {Written(value)}");

    /// <summary>A value names something that is not there.</summary>
    public void NotFound(FieldPath field, object? value) => Add("FieldValueNotFound", field, $"Not found: {Written(value)}");

    /// <summary>A text is longer than <paramref name="bytesMax"/>.</summary>
    public void TooLong(FieldPath field, int bytesMax) =>
        Add("FieldValueTooLong", field, $"Too long: may not be more than {bytesMax.ToString(CultureInfo.InvariantCulture)} bytes");

    /// <summary>A list holds more than <paramref name="countMax"/> items.</summary>
    public void TooMany(FieldPath field, int count, int countMax) => Add(
        "FieldValueTooMany",
        field,
        string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {countMax} item{(countMax == 1 ? "" : "s")}"));

    /// <summary>A value has the wrong type.</summary>
    public void TypeInvalid(FieldPath field, object? value, string detail) =>
        Add("FieldValueTypeInvalid", field, With($"Invalid value: {Written(value)}", detail));

    /// <summary>What was found wrong elsewhere.</summary>
    internal void AddRange(IEnumerable<StatusCause> found)
    {
        foreach (var cause in found)
        {
            (causes ??= []).Add(cause);
        }
    }

    /// <summary>Refuses the object when anything is wrong.</summary>
    /// <exception cref="ApiException">Invalid (422), one cause for each field.</exception>
    public void ThrowIfAny(ApiResource resource, string name)
    {
        if (causes is not null)
        {
            throw ApiErrors.Invalid(resource, name, causes);
        }
    }

    private static string With(string kind, string detail) => detail.Length == 0 ? kind : $"{kind}: {detail}";

    private static string Written(object? value) => value switch
    {
        null => "null",
        string text => GoQuote.Quote(text),
        bool truth => truth ? "true" : "false",
        StringMap or ApiRecord => JsonSerializer.Serialize(value, Readable.GetTypeInfo(value.GetType())),
        ValueList<int> numbers => $"[{string.Join(',', numbers)}]",
        IEnumerable<object> list => $"[{string.Join(',', list.Select(Written))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => GoQuote.Quote(other.ToString() ?? ""),
    };

    private void Add(string reason, FieldPath field, string message) =>
        (causes ??= []).Add(new StatusCause { Reason = reason, Field = field.ToString(), Message = message });
}
