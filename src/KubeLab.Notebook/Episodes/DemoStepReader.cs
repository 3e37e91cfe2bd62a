using System.Collections.Immutable;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Episodes;

/// <summary>Collects a demo's text and fences into steps.</summary>
internal sealed class DemoStepReader
{
    private readonly ImmutableArray<DemoStep>.Builder steps = ImmutableArray.CreateBuilder<DemoStep>();
    private readonly List<string> notes = [];
    private string? title;
    private CodeFence? code;

    /// <summary>Text before the first step is said with it.</summary>
    public void AddText(IEnumerable<string> lines)
    {
        var text = new List<string>();
        foreach (var line in lines)
        {
            if (DemoScript.StepTitle(line) is { } next)
            {
                Say(text);
                Flush();
                title = next;
            }
            else
            {
                text.Add(line);
            }
        }

        Say(text);
    }

    /// <summary>The first fence that can run is the step's; others, such as the output to expect, are read by the instructor.</summary>
    public void AddFence(CodeFence fence)
    {
        if (fence.IsRunnable && code is null && title is not null)
        {
            code = fence;
        }
        else
        {
            notes.Add(EpisodeMarkdown.Fenced(fence));
        }
    }

    public ImmutableArray<DemoStep> End()
    {
        Flush();
        return steps.ToImmutable();
    }

    private void Say(List<string> text)
    {
        if (string.Join('\n', text).Trim('\n') is { Length: > 0 } words)
        {
            notes.Add(words);
        }

        text.Clear();
    }

    private void Flush()
    {
        if (title is null)
        {
            return;
        }

        steps.Add(new DemoStep(title, string.Join("\n\n", notes), code));
        notes.Clear();
        code = null;
    }
}
