namespace KubeLab.Notebook.Episodes;

/// <summary>A demo can be played step by step: it says how long it takes, and each step runs one thing at most.</summary>
internal static class DemoRules
{
    public static void Check(Episode episode, Action<int, string> report)
    {
        var blocks = DemoScript.BlocksOf(episode).ToList();
        foreach (var block in blocks)
        {
            if (DemoScript.MinutesOf(block) is null)
            {
                report(block.Children[0].Line, "a demo says how long it takes: '## Demo (5 min)'");
            }

            CheckSteps(block, report);
        }

        foreach (var told in DemoScript.ToldOf(episode))
        {
            report(told.Children[0].Line, "a demo is played, not only told: begin its block with '## Demo (5 min)', and each step with a heading such as '### One master'");
        }

        foreach (var block in blocks.Skip(1))
        {
            report(block.Line, $"an episode has one demo, and line {blocks[0].Line} begins one already");
        }
    }

    private static void CheckSteps(Div block, Action<int, string> report)
    {
        var hasStep = false;
        var runs = 0;
        var inAll = 0;
        foreach (var part in block.Children)
        {
            if (part is Prose prose && prose.Text.Split('\n').Any(line => DemoScript.StepTitle(line) is not null))
            {
                (hasStep, runs) = (true, 0);
            }
            else if (part is CodeFence { IsRunnable: true })
            {
                inAll++;
                runs++;
                if (!hasStep)
                {
                    report(part.Line, "what a demo runs belongs to a step: put a heading such as '### One master' above it");
                }
                else if (runs > 1)
                {
                    report(part.Line, "a step of a demo runs one fence: begin another step with a heading '### …', or put both into one");
                }
            }
        }

        if (!hasStep)
        {
            report(block.Line, "a demo has steps: a heading such as '### One master' for each");
        }
        else if (inAll == 0)
        {
            report(block.Line, "no step of this demo runs anything: put a csharp or kubectl fence below a step's heading");
        }
    }
}
