using KubeLab.Http.Time;

namespace KubeLab.Cli;

/// <summary>The keys of a served cluster, where it has a keyboard.</summary>
internal static class ClusterKeys
{
    /// <summary>What they do, in a line.</summary>
    public const string Help = "Keys: space pauses and goes on, + faster, - slower, f an hour ahead, q quits.";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether there are a keyboard and a screen.</summary>
    public static bool AreThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Obeys keys until <paramref name="signals"/> say stop.</summary>
    public static void Start(ClockPilot pilot, StopSignals signals)
    {
        if (AreThere)
        {
            new Thread(() => Obey(pilot, signals)) { IsBackground = true, Name = "keys" }.Start();
        }
    }

    /// <summary>Does what a key means; false when it means nothing.</summary>
    public static bool Press(char key, ClockPilot pilot, StopSignals signals)
    {
        switch (key)
        {
            case ' ':
                pilot.TogglePause();
                return true;
            case '+' or '=':
                pilot.Faster();
                return true;
            case '-':
                pilot.Slower();
                return true;
            case 'f':
                pilot.Ahead(TimeSpan.FromHours(1), signals.Token);
                return true;
            case 'q':
                signals.Stop();
                return true;
            default:
                return false;
        }
    }

    private static void Obey(ClockPilot pilot, StopSignals signals)
    {
        try
        {
            while (!signals.Token.WaitHandle.WaitOne(Glance))
            {
                while (Console.KeyAvailable)
                {
                    Press(Console.ReadKey(intercept: true).KeyChar, pilot, signals);
                }
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or ObjectDisposedException or IOException)
        {
            // The terminal has gone, or the program ends; without keys the cluster goes on.
        }
    }
}
