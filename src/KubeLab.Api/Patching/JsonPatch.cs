using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Patching;

/// <summary>JSON patch: a list of operations (add, remove, replace, move, copy, test) on paths, applied in order, all or none.</summary>
/// <remarks>The messages are those of github.com/evanphx/json-patch, which upstream uses.</remarks>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</seealso>
public static class JsonPatch
{
    /// <summary>The most operations that one patch may hold; upstream's number.</summary>
    public const int OperationsMax = 10_000;

    /// <summary>How many bytes of JSON the copies of one patch may make, all in all; upstream's number.</summary>
    public const long CopiedBytesMax = 3 * 1024 * 1024;

    private const string Missing = "missing value";

    /// <summary>Applies <paramref name="patch"/>, a JSON array of operations, to a copy of <paramref name="document"/>.</summary>
    /// <exception cref="PatchException">The patch is malformed, or an operation does not fit the document.</exception>
    public static JsonNode? Apply(JsonNode? document, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
        {
            throw new PatchException(
                $"json: cannot unmarshal {Word(patch)} into Go value of type jsonpatch.Patch", PatchFailure.Malformed);
        }

        if (operations.Count > OperationsMax)
        {
            throw new PatchException(
                $"The allowed maximum operations in a JSON patch is {OperationsMax}, got {operations.Count}", PatchFailure.TooLarge);
        }

        var result = document?.DeepClone();
        var copied = 0L;
        foreach (var node in operations)
        {
            if (node is not JsonObject operation)
            {
                throw new PatchException(
                    $"json: cannot unmarshal {Word(node)} into Go value of type jsonpatch.Operation", PatchFailure.Malformed);
            }

            result = Apply(result, operation, ref copied);
        }

        return result;
    }

    private static JsonNode? Apply(JsonNode? document, JsonObject operation, ref long copied) => Text(operation, "op") switch
    {
        "add" => Add(
            document, Path(operation, "add"), Value(operation), Fits("add operation does not apply: doc is missing path: \"{0}\"")),
        "remove" => Remove(document, Path(operation, "remove")),
        "replace" => Replace(document, Path(operation, "replace"), Value(operation)),
        "move" => Move(document, From(operation, "move"), Path(operation, "move")),
        "copy" => Copy(document, From(operation, "copy"), Path(operation, "copy"), ref copied),
        "test" => Test(document, Path(operation, "test"), Value(operation)),
        var other => throw Failed($"Unexpected kind: {other ?? "unknown"}"),
    };

    private static JsonNode? Add(JsonNode? document, string path, JsonNode? value, Func<string, string> missing, string? prefix = null)
    {
        if (path.Length == 0)
        {
            return value?.DeepClone();
        }

        var place = JsonPlace.Find(document, path) ?? throw Failed($"{missing(path)}: {Missing}");
        if (place.Add(value?.DeepClone()) is { } error)
        {
            throw Failed($"{prefix ?? $"error in add for path: '{path}'"}: {error}");
        }

        return document;
    }

    private static JsonNode? Remove(JsonNode? document, string path)
    {
        var place = JsonPlace.Find(document, path)
            ?? throw Failed($"remove operation does not apply: doc is missing path: \"{path}\": {Missing}");
        if (place.Remove() is { } error)
        {
            throw Failed($"error in remove for path: '{path}': {error}");
        }

        return document;
    }

    private static JsonNode? Replace(JsonNode? document, string path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value?.DeepClone();
        }

        var place = JsonPlace.Find(document, path)
            ?? throw Failed($"replace operation does not apply: doc is missing path: {path}: {Missing}");
        if (place.Get(out _) is not null)
        {
            throw Failed($"replace operation does not apply: doc is missing key: {path}: {Missing}");
        }

        place.Set(value?.DeepClone());
        return document;
    }

    private static JsonNode? Move(JsonNode? document, string from, string path)
    {
        if (from.Length == 0)
        {
            throw Failed("unable to move entire document to another path: invalid state detected");
        }

        var place = JsonPlace.Find(document, from)
            ?? throw Failed($"move operation does not apply: doc is missing from path: {from}: {Missing}");
        if (place.Get(out var value) is { } error)
        {
            throw Failed($"error in move for path: '{place.Key}': {error}");
        }

        place.Remove();
        return Add(
            document, path, value, Fits("move operation does not apply: doc is missing destination path: {0}"),
            $"error in move for path: '{path}'");
    }

    private static JsonNode? Copy(JsonNode? document, string from, string path, ref long copied)
    {
        var place = JsonPlace.Find(document, from)
            ?? throw Failed($"copy operation does not apply: doc is missing from path: \"{from}\": {Missing}");
        if (place.Get(out var value) is { } error)
        {
            throw Failed($"error in copy for from: '{from}': {error}");
        }

        // A few copies of copies would fill any memory.
        copied += System.Text.Encoding.UTF8.GetByteCount(value?.ToJsonString() ?? "null");
        if (copied > CopiedBytesMax)
        {
            throw Failed($"Unable to complete the copy, the accumulated size increase of copy is {copied}, exceeding the limit {CopiedBytesMax}");
        }

        return Add(
            document, path, value, Fits("copy operation does not apply: doc is missing destination path: {0}"),
            "error while adding value during copy");
    }

    private static JsonNode? Test(JsonNode? document, string path, JsonNode? expected)
    {
        var actual = document;
        if (path.Length > 0)
        {
            var place = JsonPlace.Find(document, path)
                ?? throw Failed($"test operation does not apply: is missing path: {path}: {Missing}");
            if (place.Get(out actual) is { } error && !error.EndsWith(Missing, StringComparison.Ordinal))
            {
                throw Failed($"error in test for path: '{path}': {error}");
            }
        }

        // An absent field and null are the same to this operation.
        return JsonNode.DeepEquals(actual, expected) ? document : throw Failed($"testing value {path} failed: test failed");
    }

    private static JsonNode? Value(JsonObject operation) => operation["value"];

    private static string Path(JsonObject operation, string kind) =>
        Text(operation, "path") ?? throw Failed($"{kind} operation failed to decode path: {Missing}");

    private static string From(JsonObject operation, string kind) =>
        Text(operation, "from") ?? throw Failed($"{kind} operation failed to decode from: {Missing}");

    private static string? Text(JsonObject operation, string name) =>
        operation[name] is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static Func<string, string> Fits(string format) =>
        path => string.Format(CultureInfo.InvariantCulture, format, path);

    private static string Word(JsonNode? node) => JsonWords.Of(node?.GetValueKind() switch
    {
        JsonValueKind.Object => JsonTokenType.StartObject,
        JsonValueKind.Array => JsonTokenType.StartArray,
        JsonValueKind.String => JsonTokenType.String,
        JsonValueKind.Number => JsonTokenType.Number,
        JsonValueKind.True or JsonValueKind.False => JsonTokenType.True,
        _ => JsonTokenType.Null,
    });

    private static PatchException Failed(string message) => new(message, PatchFailure.Unprocessable);
}
