using System.Text.Json;

namespace KubeLab.Http.Time;

/// <summary>Which columns of a table hold instants, as its definitions say: ages are durations and stay, <c>CREATED AT</c> moves.</summary>
internal sealed class DateColumns
{
    /// <summary>The field that names the columns.</summary>
    public const string Definitions = "columnDefinitions";

    private const string Cells = "cells";
    private readonly HashSet<int> dates = [];

    /// <summary>Whether there are some.</summary>
    public bool AreThere => dates.Count > 0;

    /// <summary>Whether a field is one that tables have.</summary>
    public static bool IsAbout(ReadOnlySpan<char> field) => field is Definitions or Cells;

    /// <summary>Whether the column at <paramref name="index"/> is one.</summary>
    public bool Has(int index) => dates.Contains(index);

    /// <summary>Reads the definitions, at whose value the reader stands; a watch leaves them out after its first line.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        dates.Clear();
        var depth = reader.CurrentDepth;
        for (var index = -1; reader.Read() && reader.CurrentDepth > depth;)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                index++;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("date"))
                {
                    dates.Add(index);
                }
            }
        }
    }
}
