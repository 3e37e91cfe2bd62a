using System.Globalization;
using KubeLab.Charts;

namespace KubeLab.Lessons;

/// <summary>A learner's way through one episode: predictions made before a run and compared after it, and exercises checked on the cluster.</summary>
public sealed class Lesson
{
    private readonly Cluster cluster;
    private readonly Dictionary<string, PredictionCard> predictions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckResult> results = new(StringComparer.Ordinal);

    internal Lesson(Cluster cluster, string episode)
    {
        this.cluster = cluster;
        Episode = episode;
    }

    /// <summary>The episode's number, for example <c>05</c>.</summary>
    public string Episode { get; }

    /// <summary>The predictions made so far.</summary>
    public IReadOnlyCollection<PredictionCard> Predictions => predictions.Values;

    /// <summary>What the checks of each exercise found, for exercises that were checked: that it is solved if one found so, and else what the last one found.</summary>
    public IReadOnlyCollection<CheckResult> Results => results.Values;

    /// <summary>Locks a prediction. It cannot be changed any more once it has been compared.</summary>
    /// <exception cref="InvalidOperationException">The prediction was compared already.</exception>
    public PredictionCard Predict(string id, object answer)
    {
        if (predictions.TryGetValue(id, out var known) && known.Happened is not null)
        {
            throw new InvalidOperationException($"prediction {id} was compared already: a prediction is made before the run. Restart the notebook to try again.");
        }

        return predictions[id] = new PredictionCard { Id = id, Predicted = Text(answer) };
    }

    /// <summary>Locks a number as a prediction and draws it as a dotted line in later charts.</summary>
    /// <param name="id">Which prediction.</param>
    /// <param name="value">The guess, in the unit of the panel.</param>
    /// <param name="panel">The chart's panel, for example <c>pods</c>, <c>cpu</c> or <c>cost</c>.</param>
    public PredictionCard Predict(string id, double value, string panel)
    {
        cluster.Charts.Overlay(Prediction.Of(id, value, panel));
        return Predict(id, value);
    }

    /// <summary>Sets what happened beside what was predicted.</summary>
    /// <exception cref="ArgumentException">There is no such prediction.</exception>
    public PredictionCard Compare(string id, object happened)
    {
        if (!predictions.TryGetValue(id, out var card))
        {
            throw new ArgumentException($"there is no prediction {id}: run the cell with lesson.Predict(\"{id}\", …) first", nameof(id));
        }

        cluster.Charts.Settle(id);
        return predictions[id] = card with { Happened = Text(happened) };
    }

    /// <summary>Looks at the cluster and says whether the exercise is solved, or what is still missing.</summary>
    /// <exception cref="ArgumentException">There is no such exercise in this episode.</exception>
    public CheckResult Check(string id) => Check(Find(id), null);

    /// <summary>Says whether an answer to an exercise is right.</summary>
    /// <exception cref="ArgumentException">There is no such exercise in this episode.</exception>
    public CheckResult Check(string id, params ReadOnlySpan<object> answer)
    {
        var words = new List<string>();
        foreach (var part in answer)
        {
            words.Add(Text(part));
        }

        return Check(Find(id), words);
    }

    private CheckResult Check(Exercise exercise, IReadOnlyList<string>? answer)
    {
        var found = exercise.Look(cluster, answer).Of(exercise.Id);
        if (found.IsPassed || results.GetValueOrDefault(exercise.Id) is not { IsPassed: true })
        {
            results[exercise.Id] = found;
        }

        return found;
    }

    private Exercise Find(string id)
    {
        var exercises = ExerciseRegistry.Of(Episode);
        return exercises.FirstOrDefault(e => e.Id == id) ?? throw new ArgumentException(
            $"episode {Episode} has no exercise {id}; it has {string.Join(", ", exercises.Select(e => e.Id))}", nameof(id));
    }

    private static string Text(object value) => value is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : value.ToString() ?? "";
}
