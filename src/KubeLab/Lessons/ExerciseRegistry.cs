namespace KubeLab.Lessons;

/// <summary>All exercises that can be checked, by episode.</summary>
public static class ExerciseRegistry
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Exercise> All { get; } =
    [
        .. Episode03.Exercises,
        .. Episode04.Exercises,
        .. Episode05.Exercises,
        .. Episode06.Exercises,
        .. Episode07.Exercises,
        .. Episode08.Exercises,
        .. Episode11.Exercises,
        .. Episode14.Exercises,
        .. Episode15.Exercises,
    ];

    /// <summary>Those of one episode, for example <c>05</c>.</summary>
    public static IReadOnlyList<Exercise> Of(string episode) => [.. All.Where(e => e.Id.StartsWith($"E{episode}.", StringComparison.Ordinal))];
}
