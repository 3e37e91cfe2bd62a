using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes an object of any kind by writing all of its fields.</summary>
internal sealed class GenericDescriber : IDescriber
{
    private static readonly string[] Skipped =
        [".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels", ".metadata.annotations"];

    private static readonly string[] Acronyms = ["API", "URL", "UID", "GUID"];

    public string Kind => "";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json obj = info.Object;
        text.Field("Name", info.Name).Field("Namespace", obj["metadata"]["namespace"].Text);
        text.Labels("Labels", obj["metadata"]["labels"]);
        text.Annotations("Annotations", obj["metadata"]["annotations"]);
        Fields(text, 0, obj, "");
        text.Events(showEvents ? EventLines.Fetch(session, obj) : null);
    }

    private static void Fields(Description text, int level, Json map, string path)
    {
        foreach (var (name, value) in map.Fields.Where(field => !Skipped.Contains($"{path}.{field.Key}")))
        {
            switch (value.Node)
            {
                case JsonObject:
                    text.Line(level, $"{LabelFor(name)}:");
                    Fields(text, level + 1, value, $"{path}.{name}");
                    break;
                case JsonArray:
                    text.Line(level, $"{LabelFor(name)}:");
                    foreach (var item in value.Items)
                    {
                        if (item.Node is JsonObject)
                        {
                            Fields(text, level + 1, item, $"{path}.{name}");
                        }
                        else
                        {
                            text.Line(level + 1, item.Text);
                        }
                    }

                    break;
                default:
                    text.Field(LabelFor(name), value.Node is null ? "<nil>" : value.Text, level);
                    break;
            }
        }
    }

    /// <summary>A field's name as words: <c>leaseDurationSeconds</c> becomes <c>Lease Duration Seconds</c>.</summary>
    public static string LabelFor(string field)
    {
        if (field.Any(c => !char.IsLetter(c) && c != '-'))
        {
            return field;
        }

        var words = new List<StringBuilder>();
        for (var i = 0; i < field.Length; i++)
        {
            var startsWord = i == 0 || KindOf(field[i]) != KindOf(field[i - 1]);
            if (startsWord && i > 0 && char.IsLower(field[i]) && char.IsUpper(field[i - 1]) && words[^1].Length > 0)
            {
                // The capital before a small letter belongs to the new word: HTTPGet is HTTP Get.
                var capital = words[^1][^1];
                words[^1].Length--;
                if (words[^1].Length == 0)
                {
                    words.RemoveAt(words.Count - 1);
                }

                words.Add(new StringBuilder().Append(capital));
            }
            else if (startsWord)
            {
                words.Add(new());
            }

            words[^1].Append(field[i]);
        }

        return string.Join(' ', words.Select(word => Capitalised(word.ToString())));
    }

    private static int KindOf(char c) => char.IsLower(c) ? 0 : char.IsUpper(c) ? 1 : 2;

    private static string Capitalised(string word) =>
        Acronyms.Contains(word.ToUpperInvariant()) ? word.ToUpperInvariant()
        : word.All(char.IsLower) ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word)
        : word;
}
