using KubeLab.Cloud.Billing;

namespace KubeLab.Cloud.Machines;

/// <content>The account's log.</content>
public sealed partial class CloudProvider
{
    private readonly List<CloudEvent> log = [];

    /// <summary>What was asked for, rented, given back and sent, oldest first.</summary>
    public IReadOnlyList<CloudEvent> Log => log;

    internal void Note(CloudAction action, string name, string item, decimal units) => log.Add(new CloudEvent(Clock.Now, action, name, item, units));

    internal void End(Usage? usage)
    {
        if (usage is { To: null })
        {
            usage.Close(Clock.Now);
            Note(CloudAction.Ends, usage.Name, usage.Price.Item, usage.Units);
        }
    }

    private Usage Begin(Usage usage)
    {
        Note(CloudAction.Begins, usage.Name, usage.Price.Item, usage.Units);
        return usage;
    }
}
