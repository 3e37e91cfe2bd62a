namespace KubeLab.ApiServer.Kinds.Events;

/// <summary>Forms and texts of events that came before, so that those that follow share them. It forgets all when it has become long: sharing is a saving, nothing depends on it.</summary>
internal sealed class EventForms
{
    private const int RememberedMax = 32_768;
    private readonly Dictionary<EventForm, EventForm> forms = [];
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    /// <summary>The form as an earlier event has it.</summary>
    public EventForm Shared(EventForm form)
    {
        if (forms.TryGetValue(form, out var known))
        {
            return known;
        }

        if (forms.Count == RememberedMax)
        {
            forms.Clear();
        }

        forms.Add(form, form);
        return form;
    }

    /// <summary>The text as an earlier event has it.</summary>
    public string? Shared(string? text)
    {
        if (text is null)
        {
            return text;
        }

        if (texts.TryGetValue(text, out var known))
        {
            return known;
        }

        if (texts.Count == RememberedMax)
        {
            texts.Clear();
        }

        texts.Add(text);
        return text;
    }
}
