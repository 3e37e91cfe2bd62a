using KubeLab.Simulation;

namespace KubeLab.Tests.Simulation;

public class OnlookerTests
{
    [Fact]
    public void Onlookers_take_no_number_of_the_simulation()
    {
        var (alone, watched) = (Made(), Made());
        var seen = 0;
        void Look()
        {
            seen++;
            watched.After(TimeSpan.FromSeconds(0.5), Look);
        }

        watched.After(TimeSpan.Zero, Look);
        alone.RunFor(TimeSpan.FromSeconds(10));
        watched.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(21, seen);
        Assert.Equal(alone.Position, watched.Position);
        Assert.Equal(alone.EventsRun + seen, watched.EventsRun);
    }

    [Fact]
    public void An_onlooker_comes_after_what_waited_before_him_and_before_what_came_later()
    {
        var clock = Made();
        var order = new List<string>();
        clock.Inside(() => clock.After(TimeSpan.Zero, () => order.Add("first")));
        clock.After(TimeSpan.Zero, () => order.Add($"onlooker, inside: {clock.IsInside}"));
        clock.Inside(() => clock.After(TimeSpan.Zero, () => order.Add($"second, inside: {clock.IsInside}")));

        clock.RunFor(TimeSpan.Zero);

        Assert.Equal(["first", "onlooker, inside: False", "second, inside: True"], order);
    }

    [Fact]
    public void A_clock_run_to_anothers_position_has_run_the_same_events()
    {
        var one = Made();
        one.RunFor(TimeSpan.FromSeconds(3));
        one.Step();
        var other = Made();

        other.RunTo(one.Position);

        Assert.Equal(one.Position, other.Position);
        Assert.Equal(one.EventsRun, other.EventsRun);
        Assert.Equal(one.NextDue, other.NextDue);
    }

    /// <summary>A clock on which two things return, often in the same instant.</summary>
    private static VirtualClock Made()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        clock.Every(TimeSpan.FromSeconds(1), () => { });
        clock.Every(TimeSpan.FromSeconds(2), () => clock.After(TimeSpan.FromSeconds(1), () => { }));
        clock.KeepOnlookersApart();
        return clock;
    }
}
