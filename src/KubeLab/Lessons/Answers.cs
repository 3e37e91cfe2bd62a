using System.Globalization;

namespace KubeLab.Lessons;

/// <summary>Reads what learners answer.</summary>
internal static class Answers
{
    /// <summary>So many numbers, or null when it is anything else.</summary>
    public static double[]? Numbers(IReadOnlyList<string>? answer, int count)
    {
        var numbers = new double[count];
        if (answer is null || answer.Count != count)
        {
            return null;
        }

        for (var i = 0; i < count; i++)
        {
            if (!double.TryParse(answer[i].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
