using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Testing.Linearizability;

public sealed class LinearizabilityCheckerTests
{
    private static RegisterOperation Write(long value, long called, long? returned) => new("r", RegisterCall.Write, value, 0, called, returned, 0);

    private static RegisterOperation Read(long found, long called, long returned) => new("r", RegisterCall.Read, 0, 0, called, returned, found);

    private static RegisterOperation Swap(long value, long expected, long found, long called, long? returned) =>
        new("r", RegisterCall.CompareAndSet, value, expected, called, returned, found);

    public static TheoryData<string, bool, RegisterOperation[]> Histories => new()
    {
        { "nothing happened", true, [] },
        { "a read sees what was written before", true, [Write(1, 1, 2), Read(1, 3, 4)] },
        { "a read does not see what was written before", false, [Write(1, 1, 2), Read(0, 3, 4)] },
        { "a read during a write sees it", true, [Write(1, 1, 4), Read(1, 2, 3)] },
        { "a read during a write does not see it", true, [Write(1, 1, 4), Read(0, 2, 3)] },
        { "one read during a write sees it, a later one does not", false, [Write(1, 1, 6), Read(1, 2, 3), Read(0, 4, 5)] },
        { "two writes at the same time, seen in one order", true, [Write(1, 1, 4), Write(2, 2, 3), Read(1, 5, 6), Read(1, 7, 8)] },
        { "two writes at the same time, seen in both orders", false, [Write(1, 1, 4), Write(2, 2, 3), Read(1, 5, 6), Read(2, 7, 8)] },
        { "a write of unknown end happened late", true, [Write(1, 1, null), Read(0, 2, 3), Read(1, 4, 5)] },
        { "a write of unknown end happened never", true, [Write(1, 1, null), Read(0, 2, 3), Read(0, 4, 5)] },
        { "a write of unknown end happened before it began", false, [Read(1, 1, 2), Write(1, 3, null)] },
        { "a write of unknown end happened and did not", false, [Write(1, 1, null), Read(1, 2, 3), Read(0, 4, 5)] },
        { "a swap that found what it expected", true, [Write(1, 1, 2), Swap(2, 1, 1, 3, 4), Read(2, 5, 6)] },
        { "a swap that found something else changed nothing", true, [Write(1, 1, 2), Swap(2, 7, 1, 3, 4), Read(1, 5, 6)] },
        { "two swaps found the same", false, [Swap(1, 0, 0, 1, 2), Swap(2, 0, 0, 3, 4)] },
        { "an unknown swap on an unknown write is seen", true, [Write(1, 1, null), Swap(2, 1, 0, 2, null), Read(2, 3, 4)] },
        { "an unknown swap on what was never written is seen", false, [Swap(2, 1, 0, 2, null), Read(2, 3, 4)] },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_is_told_as_one_after_the_other_or_not(string because, bool isLinearizable, RegisterOperation[] history) =>
        Assert.True((LinearizabilityChecker.FindViolation(history) is null) == isLinearizable, because);

    [Fact]
    public void Registers_are_looked_at_by_themselves_and_the_text_names_the_wrong_one()
    {
        var history = new[] { Write(1, 1, 2), Read(1, 3, 4), Write(5, 1, 2) with { Key = "s" }, Read(0, 3, 4) with { Key = "s" } };

        Assert.Contains("s = 0", LinearizabilityChecker.FindViolation(history));
    }

    [Fact]
    public void Many_that_nobody_saw_cost_nothing()
    {
        var unknown = Enumerable.Range(1, 60).Select(i => Write(i, i, null));
        var known = Enumerable.Range(0, 60).Select(i => Read(0, 100 + (2 * i), 101 + (2 * i)));

        Assert.Null(LinearizabilityChecker.FindViolation(unknown.Concat(known)));
    }
}
