using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLab.Cli.Grading;

/// <summary>Grades as JSON, for other programs.</summary>
internal static class GradeJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
