using System.Globalization;
using Xunit.Abstractions;

namespace KubeLab.Tests.ApiServer.Fuzzing;

/// <summary>
/// Whatever is sent, the server answers: what it refuses changes nothing and is a Status with a code that fits; what it takes in can be listed and sent back.
/// </summary>
/// <remarks><c>LAB_LONG=1</c> sends more than a hundred thousand requests; <c>LAB_FUZZ=seed:round</c> repeats one round.</remarks>
public sealed class FrontFuzzTests(ITestOutputHelper output)
{
    private const int RequestsPerRound = 300;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LAB_LONG") == "1";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_request_is_answered(int seed)
    {
        var codes = new SortedDictionary<int, int>();
        var failures = new List<FuzzFailure>();
        foreach (var round in Rounds(seed))
        {
            using var cluster = new FuzzedCluster(seed, round);
            cluster.Run(RequestsPerRound);
            failures.AddRange(cluster.Failures);
            foreach (var (code, count) in cluster.Codes)
            {
                codes[code] = codes.GetValueOrDefault(code) + count;
            }
        }

        output.WriteLine(string.Join(", ", codes.Select(c => $"{c.Key}: {c.Value}")));

        // One of a kind is shown: what goes wrong in one place does so for many requests.
        Assert.True(failures.Count == 0, string.Join('\n', failures.DistinctBy(f => string.Join('\n', f.What.Split('\n').Take(4))).Take(20)));

        // A fuzzer that nothing gets past tests nothing behind the door.
        Assert.True(codes.Count == 0 || codes.GetValueOrDefault(201) > codes.Values.Sum() / 50);
    }

    private static IEnumerable<int> Rounds(int seed)
    {
        if (Environment.GetEnvironmentVariable("LAB_FUZZ")?.Split(':') is [var only, var round])
        {
            return only == seed.ToString(CultureInfo.InvariantCulture) ? [int.Parse(round, CultureInfo.InvariantCulture)] : [];
        }

        return Enumerable.Range(0, IsLong ? 100 : 3);
    }
}
